-- What nobody has approved holds nothing against others: a request is judged where it is written, and again at its approval.
-- Once approved, a campaign holds its period until it is rejected, ended or over, also while a change of it waits.
grant select (approved_version) on campaigns to twin_arbiter;
--> statement-breakpoint
drop function exclusivity_collisions(uuid);
--> statement-breakpoint
-- Every pair that an exclusivity forbids, of one celebrity: the one source of that decision. On the one side whatever may
-- still run, on the other what holds; `holds` says whether the one does so too. Brands whose category is not known are of
-- every category. What has passed already collides with nothing.
create function exclusivity_collisions(celebrity uuid)
returns table (campaign_id uuid, brand_id uuid, contract_id uuid, holds boolean, campaign jsonb, against jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
begin atomic
  with wanted as (
    select
      m.id, m.exclusive, m.starts_at, coalesce(m.ends_at, 'infinity') as ends_at, b.id as brand_id, b.category,
      m.status <> 'REQUESTED' or m.approved_version is not null as holds,
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
  select one.id, one.brand_id, null::uuid, one.holds, one.told, other.told
  from wanted one
  join wanted other
    on other.holds
    and other.id <> one.id
    and other.brand_id <> one.brand_id
    and (one.exclusive or other.exclusive)
    and (one.category is null or other.category is null or one.category = other.category)
    and greatest(one.starts_at, other.starts_at, now()) < least(one.ends_at, other.ends_at)
  union all
  select
    one.id, one.brand_id, kept.id, one.holds, one.told,
    jsonb_build_object(
      'kind', 'contract', 'id', kept.id, 'name', coalesce(kept.category, 'every category'), 'brand', b.name,
      'startsAt', public.iso_moment(kept.starts_at), 'endsAt', public.iso_moment(kept.ends_at)
    )
  from wanted one
  join reserved kept
    on one.brand_id is distinct from kept.brand_id
    and (one.category is null or kept.category is null or one.category = kept.category)
    and greatest(one.starts_at, kept.starts_at, now()) < least(one.ends_at, coalesce(kept.ends_at, 'infinity'))
  left join public.brands b on b.id = kept.brand_id;
end;
--> statement-breakpoint
revoke all on function exclusivity_collisions(uuid) from public;
--> statement-breakpoint
grant execute on function exclusivity_collisions(uuid) to twin_arbiter;
--> statement-breakpoint
-- Refuses the row just written when it collides. One writer a celebrity at a time: the second sees what the first wrote,
-- however close they came. A contract and a brand's category give way to what holds, and to no request. What it collides
-- with is told to the platform and to the celebrity's tenant alone.
create or replace function refuse_collision(celebrity uuid, owner uuid, wrote text, id uuid) returns void
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
  where case wrote
    when 'campaigns' then c.campaign_id = id
    when 'brands' then c.brand_id = id and c.holds
    else c.contract_id = id and c.holds
  end;
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
-- Of a request every other date is another version: whoever has read the former has not read this one. Otherwise as before.
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
    or (old.status = 'REQUESTED'
      and (new.starts_at, coalesce(new.ends_at, 'infinity')) <> (old.starts_at, coalesce(old.ends_at, 'infinity')))
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
-- What happens to a campaign may be told to its celebrity by whoever of its parties did it.
drop policy acting_insert on platform_events;
--> statement-breakpoint
create policy acting_insert on platform_events as restrictive for insert to twin_platform
  with check (
    acts_for(tenant_id)
    or (
      payload ->> 'entity' = 'campaign'
      and exists (
        select from campaigns
        where campaigns.id::text = platform_events.payload ->> 'id'
          and campaigns.celebrity_tenant_id = platform_events.tenant_id
      )
    )
  );
