-- Who may stand beside whom: a brand has a category, a contract may reserve one, a campaign may be exclusive.
alter table brands add column category text;
--> statement-breakpoint
alter table brands add constraint brands_category_check check (category ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
--> statement-breakpoint
grant select (time_zone) on campaigns to twin_resolver;
--> statement-breakpoint
-- Who judges exclusivity looks across tenants, at what that takes and at nothing else; it is not the doors' role, which
-- must not learn what contracts reserve.
do $$
declare
  present pg_roles;
begin
  if not exists (select from pg_roles where rolname = 'twin_arbiter') then
    create role twin_arbiter nologin;
  end if;
  select * into present from pg_roles where rolname = 'twin_arbiter';
  if present.rolsuper or present.rolbypassrls or present.rolcreaterole or present.rolcanlogin then
    raise exception 'role twin_arbiter exists with rights it must not have';
  end if;
end
$$;
--> statement-breakpoint
grant usage on schema public to twin_arbiter;
--> statement-breakpoint
grant select (id, name, category) on brands to twin_arbiter;
--> statement-breakpoint
grant select (id, celebrity_id, celebrity_tenant_id, brand_id, name, status, starts_at, ends_at, exclusive)
  on campaigns to twin_arbiter;
--> statement-breakpoint
grant select (id, celebrity_id, starts_at, ends_at, signed_at, terminated_at, exclusivity) on contracts to twin_arbiter;
--> statement-breakpoint
create policy arbiter_select on brands for select to twin_arbiter using (true);
--> statement-breakpoint
create policy arbiter_select on campaigns for select to twin_arbiter using (true);
--> statement-breakpoint
create policy arbiter_select on contracts for select to twin_arbiter using (true);
--> statement-breakpoint
-- Every pair that an exclusivity forbids, of one celebrity: the one source of that decision. A campaign holds its period
-- from its request on, until it is rejected, ended or over. Brands whose category is not known are of every category.
-- What has passed already collides with nothing.
create function exclusivity_collisions(celebrity uuid)
returns table (campaign_id uuid, brand_id uuid, contract_id uuid, campaign jsonb, against jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
begin atomic
  with held as (
    select
      m.id, m.exclusive, m.starts_at, coalesce(m.ends_at, 'infinity') as ends_at, b.id as brand_id, b.category,
      jsonb_build_object(
        'kind', 'campaign', 'id', m.id, 'name', m.name, 'brand', b.name,
        'startsAt', public.iso_moment(m.starts_at), 'endsAt', public.iso_moment(m.ends_at)
      ) as told
    from public.campaigns m
    join public.brands b on b.id = m.brand_id
    where m.celebrity_id = celebrity
      and m.status not in ('REJECTED', 'ENDED')
      and coalesce(m.ends_at, 'infinity') > now()
  ),
  reserved as (
    select
      k.id, rule ->> 'category' as category, (rule ->> 'brandId')::uuid as brand_id,
      greatest(k.starts_at, (rule ->> 'startsAt')::timestamptz) as starts_at,
      least(k.ends_at, (rule ->> 'endsAt')::timestamptz) as ends_at
    from public.contracts k
    cross join lateral jsonb_array_elements(k.exclusivity -> 'rules') as rules (rule)
    where k.celebrity_id = celebrity and k.signed_at is not null and k.terminated_at is null
  )
  select one.id, one.brand_id, null::uuid, one.told, other.told
  from held one
  join held other
    on other.id <> one.id
    and other.brand_id <> one.brand_id
    and (one.exclusive or other.exclusive)
    and (one.category is null or other.category is null or one.category = other.category)
    and greatest(one.starts_at, other.starts_at, now()) < least(one.ends_at, other.ends_at)
  union all
  select
    one.id, one.brand_id, kept.id, one.told,
    jsonb_build_object(
      'kind', 'contract', 'id', kept.id, 'name', coalesce(kept.category, 'every category'), 'brand', b.name,
      'startsAt', public.iso_moment(kept.starts_at), 'endsAt', public.iso_moment(kept.ends_at)
    )
  from held one
  join reserved kept
    on one.brand_id is distinct from kept.brand_id
    and (one.category is null or kept.category is null or one.category = kept.category)
    and greatest(one.starts_at, kept.starts_at, now()) < least(one.ends_at, coalesce(kept.ends_at, 'infinity'))
  left join public.brands b on b.id = kept.brand_id;
end;
--> statement-breakpoint
-- Refuses the row just written when it collides. One writer a celebrity at a time: the second sees what the first wrote,
-- however close they came. What it collides with is told to the platform and to the celebrity's tenant alone.
create function refuse_collision(celebrity uuid, owner uuid, wrote text, id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- for whom the platform's login acts, or whose the Worker's transaction is
  asking constant text := coalesce(nullif(current_setting('app.acts_for', true), ''), public.current_tenant_id()::text);
  found jsonb;
begin
  -- a snapshot from before the lock would hide what the other has written meanwhile; serializable finds that by itself
  if current_setting('transaction_isolation') = 'repeatable read' then
    raise exception 'exclusivity cannot be judged in a repeatable-read transaction' using errcode = 'feature_not_supported';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('exclusivity ' || celebrity::text, 0));
  select jsonb_agg(case wrote when 'contracts' then c.campaign else c.against end order by c.against ->> 'startsAt')
  into found
  from public.exclusivity_collisions(celebrity) c
  where case wrote when 'campaigns' then c.campaign_id when 'brands' then c.brand_id else c.contract_id end = id;
  if found is null then
    return;
  end if;
  raise exception 'exclusivity: not available in this period' using
    errcode = 'exclusion_violation',
    constraint = 'campaigns_exclusivity',
    detail = case when asking in ('platform', owner::text) then found else '[]'::jsonb end;
end
$$;
--> statement-breakpoint
create function campaigns_refuse_collision() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform public.refuse_collision(new.celebrity_id, new.celebrity_tenant_id, 'campaigns', new.id);
  return null;
end
$$;
--> statement-breakpoint
create function contracts_refuse_collision() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform public.refuse_collision(new.celebrity_id, new.tenant_id, 'contracts', new.id);
  return null;
end
$$;
--> statement-breakpoint
create function brands_refuse_collision() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  held record;
begin
  for held in
    select distinct m.celebrity_id, m.celebrity_tenant_id
    from public.campaigns m
    where m.brand_id = new.id
    order by m.celebrity_id
  loop
    perform public.refuse_collision(held.celebrity_id, held.celebrity_tenant_id, 'brands', new.id);
  end loop;
  return null;
end
$$;
--> statement-breakpoint
create trigger campaigns_exclusivity
after insert or update of celebrity_id, brand_id, starts_at, ends_at, exclusive, status on campaigns
for each row execute function campaigns_refuse_collision();
--> statement-breakpoint
create trigger contracts_exclusivity
after insert or update of exclusivity, starts_at, ends_at, signed_at, terminated_at on contracts
for each row execute function contracts_refuse_collision();
--> statement-breakpoint
create trigger brands_exclusivity
after update of category on brands
for each row when (new.category is distinct from old.category)
execute function brands_refuse_collision();
--> statement-breakpoint
-- Nobody can call them: they let a write pass, or refuse it as above.
revoke all on function campaigns_refuse_collision(), contracts_refuse_collision(), brands_refuse_collision() from public;
--> statement-breakpoint
do $$
begin
  execute format('grant twin_arbiter to %I', current_user);
  grant create on schema public to twin_arbiter;
  alter function campaigns_refuse_collision() owner to twin_arbiter;
  alter function contracts_refuse_collision() owner to twin_arbiter;
  alter function brands_refuse_collision() owner to twin_arbiter;
  revoke create on schema public from twin_arbiter;
  execute format('revoke twin_arbiter from %I', current_user);
end
$$;
--> statement-breakpoint
revoke all on function exclusivity_collisions(uuid), refuse_collision(uuid, uuid, text, uuid) from public;
--> statement-breakpoint
grant execute on function exclusivity_collisions(uuid), refuse_collision(uuid, uuid, text, uuid) to twin_arbiter;
--> statement-breakpoint
-- What the celebrity's side approved is a whole: its words, its name, its money, its exclusivity, its dates. A period that
-- only shrinks lies within what was approved; anything else waits for approval again, whoever changes it.
create or replace function raise_guidelines_version() returns trigger
language plpgsql
as $$
begin
  if new.guidelines is distinct from old.guidelines
    or new.name is distinct from old.name
    or new.fee_minor is distinct from old.fee_minor
    or new.currency is distinct from old.currency
    or (new.exclusive and not old.exclusive)
    or new.starts_at < old.starts_at
    or coalesce(new.ends_at, 'infinity') > coalesce(old.ends_at, 'infinity')
  then
    new.guidelines_version := greatest(new.guidelines_version, old.guidelines_version + 1);
  end if;
  if new.guidelines_version > old.guidelines_version and new.status in ('APPROVED', 'SCHEDULED', 'ACTIVE') then
    new.status := 'REQUESTED';
  end if;
  return new;
end
$$;
--> statement-breakpoint
-- Another name or another kind of brand is another partner: what was approved for the former waits for approval again.
create function brand_is_another() returns trigger
language plpgsql
as $$
begin
  update public.campaigns
  set guidelines_version = guidelines_version + 1
  where brand_id = new.id and status in ('APPROVED', 'SCHEDULED', 'ACTIVE') and (ends_at is null or ends_at > now());
  return null;
end
$$;
--> statement-breakpoint
create trigger brands_another
after update of name, category on brands
for each row when (new.name is distinct from old.name or new.category is distinct from old.category)
execute function brand_is_another();
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
