-- What must be found before the tenant is known. Three functions run as twin_resolver (SECURITY DEFINER, fixed
-- search_path) and answer ids and public configuration only, in the shape of schema/domain/deployment-record.ts.
create function iso_moment(moment timestamptz) returns text
language sql stable strict parallel safe
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
--> statement-breakpoint
create function deployment_record(wanted uuid) returns jsonb
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
    'page', d.page
  )
  from public.deployments d
  join public.celebrities c on c.id = d.celebrity_id
  where d.id = wanted;
end;
--> statement-breakpoint
create function resolve_deployment(wanted uuid) returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select public.deployment_record(wanted);
end;
--> statement-breakpoint
-- By hostname, by the celebrity's slug, or by both; by neither nothing is found. Archived ones are gone.
create function resolve_host(host text, celebrity_slug text) returns setof jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select public.deployment_record(d.id)
  from public.deployments d
  where (host is not null or celebrity_slug is not null)
    and d.status <> 'ARCHIVED'
    and (
      host is null
      or d.id in (select h.deployment_id from public.domains h where h.hostname = host and h.status = 'ACTIVE')
    )
    and (celebrity_slug is null or d.celebrity_id in (select c.id from public.celebrities c where c.slug = celebrity_slug))
  order by d.created_at, d.id
  limit 100;
end;
--> statement-breakpoint
create function resolve_api_key(sha256_hex text) returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('id', k.id, 'tenantId', k.tenant_id, 'userId', k.user_id, 'name', k.name, 'scopes', k.scopes)
  from public.api_keys k
  where k.hash = sha256_hex and k.revoked_at is null;
end;
--> statement-breakpoint
-- Given away as narrowly as PostgreSQL allows: the owner may need the membership and the right to create for a moment.
do $$
begin
  execute format('grant twin_resolver to %I', current_user);
  grant create on schema public to twin_resolver;
  alter function resolve_deployment(uuid) owner to twin_resolver;
  alter function resolve_host(text, text) owner to twin_resolver;
  alter function resolve_api_key(text) owner to twin_resolver;
  set local role twin_resolver;
  revoke all on function resolve_deployment(uuid), resolve_host(text, text), resolve_api_key(text) from public;
  grant execute on function resolve_deployment(uuid), resolve_host(text, text), resolve_api_key(text)
    to twin_app, twin_platform;
  reset role;
  revoke create on schema public from twin_resolver;
  execute format('revoke twin_resolver from %I', current_user);
end
$$;
--> statement-breakpoint
revoke all on function deployment_record(uuid) from public;
--> statement-breakpoint
grant execute on function deployment_record(uuid) to twin_resolver;
