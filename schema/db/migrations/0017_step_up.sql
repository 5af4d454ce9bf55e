-- Whether sessions of a deployment ask for proof of work first: under attack alone, or, set by hand, always.
alter table deployments add column step_up text not null default 'AUTO';
--> statement-breakpoint
alter table deployments add constraint deployments_step_up_check check (step_up in ('AUTO', 'ALWAYS'));
--> statement-breakpoint
grant select (step_up) on deployments to twin_resolver;
--> statement-breakpoint
create or replace function deployment_record(wanted uuid) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object(
    'id', d.id,
    'type', d.type,
    'status', d.status,
    'epoch', d.epoch,
    'stepUp', d.step_up,
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
        -- what the celebrity's side approved is the present version, and nobody has rejected it since
        'approved', coalesce(m.approved_version = m.guidelines_version, false)
          and m.status in ('APPROVED', 'SCHEDULED', 'ACTIVE', 'ENDED'),
        'startsAt', public.iso_moment(m.starts_at), 'endsAt', public.iso_moment(m.ends_at), 'timeZone', m.time_zone,
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
