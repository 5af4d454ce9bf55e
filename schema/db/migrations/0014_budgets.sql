-- What may be spent: one plan a celebrity, deployment or campaign, under the tenant that pays.
create table budgets (
  tenant_id uuid not null,
  id uuid not null,
  holder text not null,
  time_zone text not null default 'UTC',
  rules jsonb not null,
  set_at timestamptz not null default now(),
  constraint budgets_tenant_id_id_pk primary key (tenant_id, id),
  constraint budgets_tenant_id_tenants_id_fk foreign key (tenant_id) references tenants (id),
  constraint budgets_holder_check check (holder in ('celebrity', 'deployment', 'campaign'))
);
--> statement-breakpoint
alter table budgets enable row level security;
--> statement-breakpoint
alter table budgets force row level security;
--> statement-breakpoint
-- a tenant reads what it may spend, and sets nothing of it
grant select on budgets to twin_app;
--> statement-breakpoint
grant select, insert, update, delete on budgets to twin_platform;
--> statement-breakpoint
create policy app_select on budgets for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy platform_select on budgets for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_insert on budgets for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_update on budgets for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_delete on budgets for delete to twin_platform using (true);
--> statement-breakpoint
create policy acting on budgets as restrictive for all to twin_platform
  using (acts_for(tenant_id)) with check (acts_for(tenant_id));
--> statement-breakpoint
create trigger note_change after insert or update or delete on budgets for each row execute function note_change();
