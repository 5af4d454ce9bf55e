-- One mailbox is one person, in whatever case it was written. Where two are kept already this stops at the index and names
-- them: which of the two goes is not for a migration to say.
ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
update users set email = lower(email) where email <> lower(email);
--> statement-breakpoint
-- ---- the door for keys says when a key ends, so that no line outlives it
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
      'expiresAt', public.iso_moment(k.expires_at),
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
