-- Row-level security: forced on every table, one policy a verb. A verb without a policy is refused.
-- The setting is '' and not missing after a transaction that had set it: nullif, or every query would throw.
create function current_tenant_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.tenant_id', true), '')::uuid;
--> statement-breakpoint
alter table tenants enable row level security;
--> statement-breakpoint
alter table tenants force row level security;
--> statement-breakpoint
alter table users enable row level security;
--> statement-breakpoint
alter table users force row level security;
--> statement-breakpoint
alter table memberships enable row level security;
--> statement-breakpoint
alter table memberships force row level security;
--> statement-breakpoint
alter table api_keys enable row level security;
--> statement-breakpoint
alter table api_keys force row level security;
--> statement-breakpoint
alter table celebrities enable row level security;
--> statement-breakpoint
alter table celebrities force row level security;
--> statement-breakpoint
alter table contracts enable row level security;
--> statement-breakpoint
alter table contracts force row level security;
--> statement-breakpoint
alter table brands enable row level security;
--> statement-breakpoint
alter table brands force row level security;
--> statement-breakpoint
alter table campaigns enable row level security;
--> statement-breakpoint
alter table campaigns force row level security;
--> statement-breakpoint
alter table deployments enable row level security;
--> statement-breakpoint
alter table deployments force row level security;
--> statement-breakpoint
alter table allowed_domains enable row level security;
--> statement-breakpoint
alter table allowed_domains force row level security;
--> statement-breakpoint
alter table domains enable row level security;
--> statement-breakpoint
alter table domains force row level security;
--> statement-breakpoint
alter table visitors enable row level security;
--> statement-breakpoint
alter table visitors force row level security;
--> statement-breakpoint
alter table conversations enable row level security;
--> statement-breakpoint
alter table conversations force row level security;
--> statement-breakpoint
alter table messages enable row level security;
--> statement-breakpoint
alter table messages force row level security;
--> statement-breakpoint
alter table knowledge_sources enable row level security;
--> statement-breakpoint
alter table knowledge_sources force row level security;
--> statement-breakpoint
alter table knowledge_passages enable row level security;
--> statement-breakpoint
alter table knowledge_passages force row level security;
--> statement-breakpoint
alter table flags enable row level security;
--> statement-breakpoint
alter table flags force row level security;
--> statement-breakpoint
alter table platform_events enable row level security;
--> statement-breakpoint
alter table platform_events force row level security;
--> statement-breakpoint
alter table jsonb_schemas enable row level security;
--> statement-breakpoint
alter table jsonb_schemas force row level security;
--> statement-breakpoint
-- ---- twin_app: what its tenant may see
create policy app_select on tenants for select to twin_app using (id = current_tenant_id());
--> statement-breakpoint
-- People are seen through their membership, which is itself seen within the tenant only.
create policy app_select on users for select to twin_app
  using (exists (select from memberships where memberships.user_id = users.id));
--> statement-breakpoint
create policy app_select on memberships for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on celebrities for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on contracts for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on brands for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on deployments for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on allowed_domains for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on domains for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on visitors for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on conversations for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on messages for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on knowledge_sources for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on knowledge_passages for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on flags for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_select on platform_events for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
-- A campaign is seen by both its parties and by nobody else.
create policy app_select on campaigns for select to twin_app
  using (current_tenant_id() in (celebrity_tenant_id, brand_tenant_id));
--> statement-breakpoint
create policy app_select on jsonb_schemas for select to twin_app using (true);
--> statement-breakpoint
-- ---- twin_app: what its tenant may write
-- A brand proposes; it neither approves nor starts anything.
create policy app_insert on campaigns for insert to twin_app
  with check (
    brand_tenant_id = current_tenant_id()
    and status = 'REQUESTED'
    and approved_version is null
    and approved_at is null
  );
--> statement-breakpoint
create policy app_insert on visitors for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on conversations for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on messages for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on flags for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on platform_events for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_update on visitors for update to twin_app
  using (tenant_id = current_tenant_id()) with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_update on conversations for update to twin_app
  using (tenant_id = current_tenant_id()) with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_update on messages for update to twin_app
  using (tenant_id = current_tenant_id()) with check (tenant_id = current_tenant_id());
--> statement-breakpoint
-- ---- twin_platform: every tenant, within the verbs it was granted
create policy platform_select on tenants for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on users for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on memberships for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on api_keys for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on celebrities for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on contracts for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on brands for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on campaigns for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on deployments for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on allowed_domains for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on domains for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on visitors for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on conversations for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on messages for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on knowledge_sources for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on knowledge_passages for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on flags for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on platform_events for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_select on jsonb_schemas for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_insert on tenants for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on users for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on memberships for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on api_keys for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on celebrities for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on contracts for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on brands for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on campaigns for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on deployments for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on allowed_domains for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on domains for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on knowledge_sources for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on knowledge_passages for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on jsonb_schemas for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_insert on platform_events for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_update on tenants for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on users for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on memberships for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on api_keys for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on celebrities for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on contracts for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on brands for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on campaigns for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on deployments for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on allowed_domains for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on domains for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on knowledge_sources for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on knowledge_passages for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_update on jsonb_schemas for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_delete on memberships for delete to twin_platform using (true);
--> statement-breakpoint
create policy platform_delete on allowed_domains for delete to twin_platform using (true);
--> statement-breakpoint
create policy platform_delete on knowledge_sources for delete to twin_platform using (true);
--> statement-breakpoint
create policy platform_delete on knowledge_passages for delete to twin_platform using (true);
--> statement-breakpoint
-- ---- twin_resolver: all rows of the columns it was granted
create policy resolver_select on deployments for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on celebrities for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on contracts for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on campaigns for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on brands for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on allowed_domains for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on domains for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on api_keys for select to twin_resolver using (true);
