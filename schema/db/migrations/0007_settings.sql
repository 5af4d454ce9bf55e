-- What a deployment may be set to do: speak up, ask for consent, show pictures, take context, believe its page's sign-in.
alter table deployments
  add column proactive jsonb,
  add column consent jsonb,
  add column image_hosts jsonb not null default '[]',
  add column context_keys jsonb not null default '[]';
--> statement-breakpoint
create table identity_keys (
  tenant_id uuid not null,
  deployment_id uuid not null,
  alg text not null,
  material text not null,
  fingerprint text not null,
  set_at timestamptz not null default now(),
  constraint identity_keys_tenant_id_deployment_id_pk primary key (tenant_id, deployment_id),
  constraint identity_keys_tenant_id_tenants_id_fk foreign key (tenant_id) references tenants (id),
  constraint identity_keys_deployment_fk foreign key (tenant_id, deployment_id) references deployments (tenant_id, id),
  constraint identity_keys_alg_check check (alg in ('HS256', 'ES256'))
);
--> statement-breakpoint
alter table identity_keys enable row level security;
--> statement-breakpoint
alter table identity_keys force row level security;
--> statement-breakpoint
-- The session door reads a key once the tenant is known. The platform sets and removes keys, and cannot read one back.
grant select on identity_keys to twin_app;
--> statement-breakpoint
grant select (tenant_id, deployment_id, alg, fingerprint, set_at), insert, update, delete on identity_keys
to twin_platform;
--> statement-breakpoint
create policy app_select on identity_keys for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy platform_select on identity_keys for select to twin_platform using (true);
--> statement-breakpoint
create policy platform_insert on identity_keys for insert to twin_platform with check (true);
--> statement-breakpoint
create policy platform_update on identity_keys for update to twin_platform using (true) with check (true);
--> statement-breakpoint
create policy platform_delete on identity_keys for delete to twin_platform using (true);
--> statement-breakpoint
grant select (proactive, consent, image_hosts, context_keys) on deployments to twin_resolver;
--> statement-breakpoint
create or replace function deployment_record(wanted uuid) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object(
    'id', d.id,
    'type', d.type,
    'status', d.status,
    'tenantId', d.tenant_id,
    'celebrity', jsonb_build_object(
      'id', c.id, 'slug', c.slug, 'name', c.name, 'tagline', c.tagline, 'portrait', c.portrait, 'status', c.status
    ),
    'contracts', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object('startsAt', public.iso_moment(k.starts_at), 'endsAt', public.iso_moment(k.ends_at))
          order by k.starts_at
        ),
        '[]'
      )
      from public.contracts k
      where k.celebrity_id = c.id
        and k.signed_at is not null
        and k.terminated_at is null
        and 'TEXT' = any (k.licence_scopes)
    ),
    'campaign', (
      select jsonb_build_object(
        'id', m.id, 'slug', m.slug, 'name', m.name, 'status', m.status,
        -- what the celebrity's side approved is the present version, and nobody has rejected or ended it since
        'approved', coalesce(m.approved_version = m.guidelines_version, false)
          and m.status in ('APPROVED', 'SCHEDULED', 'ACTIVE'),
        'startsAt', public.iso_moment(m.starts_at), 'endsAt', public.iso_moment(m.ends_at),
        'brand', jsonb_build_object('id', b.id, 'name', b.name)
      )
      from public.campaigns m
      join public.brands b on b.id = m.brand_id
      where m.id = d.campaign_id
    ),
    'allowedOrigins', (
      select coalesce(jsonb_agg(a.origin order by a.created_at, a.origin), '[]')
      from public.allowed_domains a
      where a.deployment_id = d.id
    ),
    'hosts', (
      select coalesce(jsonb_agg(h.hostname order by h.hostname), '[]')
      from public.domains h
      where h.deployment_id = d.id and h.status = 'ACTIVE'
    ),
    'theme', d.theme,
    'greeting', d.greeting,
    'suggestions', d.suggestions,
    'proactive', d.proactive,
    'consent', d.consent,
    'imageHosts', d.image_hosts,
    'contextKeys', d.context_keys,
    'page', d.page
  )
  from public.deployments d
  join public.celebrities c on c.id = d.celebrity_id
  where d.id = wanted;
end;
