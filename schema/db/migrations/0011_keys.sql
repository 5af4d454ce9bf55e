-- Keys of people and services, for whom the platform's login acts, and what a write changed.
alter table memberships add column id uuid not null default gen_random_uuid();
--> statement-breakpoint
alter table memberships add constraint memberships_id_key unique (tenant_id, id);
--> statement-breakpoint
update memberships set role = upper(role);
--> statement-breakpoint
alter table memberships
add constraint memberships_role_check check (role in ('OWNER', 'EDITOR', 'APPROVER', 'VIEWER'));
--> statement-breakpoint
alter table api_keys
  add column role text,
  add column expires_at timestamptz,
  add column rotated_from uuid;
--> statement-breakpoint
alter table api_keys
  add constraint api_keys_tenant_id_key unique (tenant_id, id),
  add constraint api_keys_rotated_from_key unique (tenant_id, rotated_from),
  add constraint api_keys_rotated_from_fk foreign key (tenant_id, rotated_from) references api_keys (tenant_id, id),
  add constraint api_keys_role_check check (role in ('OWNER', 'EDITOR', 'APPROVER', 'VIEWER')),
  add constraint api_keys_holder_check check (user_id is null or role is null);
--> statement-breakpoint
-- A hash is written and looked up, and never read back by whoever administers keys.
revoke select on api_keys from twin_platform;
--> statement-breakpoint
grant select (
  id, tenant_id, user_id, name, prefix, scopes, role, created_at, expires_at, revoked_at, last_used_at, rotated_from
) on api_keys to twin_platform;
--> statement-breakpoint
-- ---- for whom twin_platform acts: `platform`, or one tenant whose key was shown. Unset, it sees nothing.
create function acts_for(wanted uuid) returns boolean
language sql stable parallel safe
return coalesce(current_setting('app.acts_for', true) in ('platform', wanted::text), false);
--> statement-breakpoint
create function acts_for_platform() returns boolean
language sql stable parallel safe
return coalesce(current_setting('app.acts_for', true) = 'platform', false);
--> statement-breakpoint
do $$
declare
  owned record;
begin
  for owned in
    select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' and table_name <> 'platform_events'
  loop
    execute format(
      'create policy acting on %I as restrictive for all to twin_platform
       using (acts_for(tenant_id)) with check (acts_for(tenant_id))', owned.table_name);
  end loop;
end
$$;
--> statement-breakpoint
create policy acting on tenants as restrictive for all to twin_platform
  using (acts_for(id)) with check (acts_for(id));
--> statement-breakpoint
create policy acting on users as restrictive for all to twin_platform
  using (acts_for_platform() or exists (select from memberships where memberships.user_id = users.id))
  with check (acts_for_platform());
--> statement-breakpoint
create policy acting on jsonb_schemas as restrictive for all to twin_platform
  using (acts_for_platform()) with check (acts_for_platform());
--> statement-breakpoint
-- A campaign is of both its parties, and so is what happened to it.
create policy acting on campaigns as restrictive for all to twin_platform
  using (acts_for(celebrity_tenant_id) or acts_for(brand_tenant_id))
  with check (acts_for(celebrity_tenant_id) or acts_for(brand_tenant_id));
--> statement-breakpoint
create policy acting on platform_events as restrictive for select to twin_platform
  using (
    acts_for(tenant_id)
    or (
      payload ->> 'entity' = 'campaign'
      and exists (select from campaigns where campaigns.id::text = platform_events.payload ->> 'id')
    )
  );
--> statement-breakpoint
create policy acting_insert on platform_events as restrictive for insert to twin_platform
  with check (acts_for(tenant_id));
--> statement-breakpoint
-- ---- what a write changed, for the event in the same transaction: before and after, of changed columns alone. Given
-- columns are left out (secrets, what names a person), long texts are told by their length.
create function note_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  hidden constant text[] := array['created_at', 'tenant_id'] || tg_argv;
  was jsonb := '{}';
  is_now jsonb := '{}';
  before jsonb;
  after jsonb;
  noted jsonb := coalesce(nullif(current_setting('app.changes', true), ''), '{}')::jsonb;
begin
  if tg_op <> 'INSERT' then was := jsonb_strip_nulls(to_jsonb(old)) - hidden; end if;
  if tg_op <> 'DELETE' then is_now := jsonb_strip_nulls(to_jsonb(new)) - hidden; end if;
  select jsonb_object_agg(key, public.shortened(was -> key)) filter (where was ? key),
    jsonb_object_agg(key, public.shortened(is_now -> key)) filter (where is_now ? key)
  into before, after
  from jsonb_object_keys(was || is_now) as key
  where (was -> key) is distinct from (is_now -> key) and key <> 'id';
  perform set_config(
    'app.changes',
    (noted || jsonb_build_object(
      coalesce(is_now ->> 'id', was ->> 'id', is_now ->> 'deployment_id', was ->> 'deployment_id'),
      jsonb_build_object('before', coalesce(before, '{}'), 'after', coalesce(after, '{}'))
    ))::text,
    true
  );
  return null;
end
$$;
--> statement-breakpoint
create function shortened(value jsonb) returns jsonb
language sql immutable parallel safe
return case when length(value::text) > 4000 then jsonb_build_object('characters', length(value::text)) else value end;
--> statement-breakpoint
-- The noted change of one row.
create function noted_change(id text) returns jsonb
language sql stable
return coalesce(nullif(current_setting('app.changes', true), '')::jsonb -> id, '{}');
--> statement-breakpoint
create trigger note_change after insert or update or delete on celebrities for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on contracts for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on brands for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on campaigns for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on deployments for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on allowed_domains
  for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on domains for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on knowledge_sources
  for each row execute function note_change();
--> statement-breakpoint
create trigger note_change after insert or update or delete on identity_keys
  for each row execute function note_change('material');
--> statement-breakpoint
create trigger note_change after insert or update or delete on api_keys
  for each row execute function note_change('hash', 'last_used_at');
--> statement-breakpoint
create trigger note_change after insert or update or delete on memberships
  for each row execute function note_change();
--> statement-breakpoint
-- who somebody is stays in a table that can forget; what happened stays for ever
create trigger note_change after insert or update or delete on users
  for each row execute function note_change('email', 'name');
--> statement-breakpoint
-- ---- the door for keys: also of those that open nothing any more, so that their use can be told to their owner
grant select (id, kind) on tenants to twin_resolver;
--> statement-breakpoint
grant select (id, deactivated_at) on users to twin_resolver;
--> statement-breakpoint
grant select (user_id, tenant_id, role) on memberships to twin_resolver;
--> statement-breakpoint
grant select (prefix, role, expires_at, last_used_at) on api_keys to twin_resolver;
--> statement-breakpoint
create policy resolver_select on tenants for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on users for select to twin_resolver using (true);
--> statement-breakpoint
create policy resolver_select on memberships for select to twin_resolver using (true);
--> statement-breakpoint
do $do$
begin
  execute format('grant twin_resolver to %I', current_user);
  grant create on schema public to twin_resolver;
  create or replace function resolve_api_key(sha256_hex text) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    select jsonb_build_object(
      'id', k.id,
      'tenantId', k.tenant_id,
      'tenantKind', t.kind,
      'userId', k.user_id,
      'name', k.name,
      'prefix', k.prefix,
      'hash', k.hash,
      'scopes', k.scopes,
      'roles', case
        when k.user_id is null then to_jsonb(array_remove(array[k.role], null))
        else (
          select coalesce(jsonb_agg(m.role order by m.role), '[]')
          from public.memberships m
          where m.user_id = k.user_id and m.tenant_id = k.tenant_id
        )
      end,
      'state', case
        when k.revoked_at is not null then 'REVOKED'
        when k.expires_at <= now() then 'EXPIRED'
        when u.deactivated_at is not null then 'USER_DEACTIVATED'
        else 'LIVE'
      end,
      'lastUsedAt', public.iso_moment(k.last_used_at)
    )
    from public.api_keys k
    join public.tenants t on t.id = k.tenant_id
    left join public.users u on u.id = k.user_id
    where k.hash = sha256_hex;
  end;
  revoke create on schema public from twin_resolver;
  execute format('revoke twin_resolver from %I', current_user);
end
$do$;
