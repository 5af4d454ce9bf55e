-- Who may connect, and as what. Roles belong to the whole server: another database may have made them already.
-- Passwords are set by the migration runner, never here.
do $$
declare
  wanted record;
  present pg_roles;
begin
  for wanted in
    select * from (values ('twin_app', true), ('twin_platform', true), ('twin_resolver', false)) as roles (name, login)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, case when wanted.login then 'login' else 'nologin' end);
    end if;
    select * into present from pg_roles where rolname = wanted.name;
    -- fail closed: a role of that name that could look past the policies must not be used
    if present.rolsuper or present.rolbypassrls or present.rolcreaterole or present.rolcanlogin <> wanted.login then
      raise exception 'role % exists with rights it must not have', wanted.name;
    end if;
  end loop;
end
$$;
--> statement-breakpoint
revoke all on all tables in schema public from public;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to twin_app, twin_platform, twin_resolver;
--> statement-breakpoint
-- twin_app serves visitors and tenants. It writes what conversations leave behind, and a brand's proposals.
grant select on
  tenants, users, memberships, celebrities, contracts, brands, campaigns, deployments, allowed_domains, domains,
  visitors, conversations, messages, knowledge_sources, knowledge_passages, flags, platform_events, jsonb_schemas
to twin_app;
--> statement-breakpoint
grant insert, update on visitors, conversations, messages to twin_app;
--> statement-breakpoint
grant insert on campaigns, flags, platform_events to twin_app;
--> statement-breakpoint
-- twin_platform administers every tenant. It reads conversations and does not write them.
grant select, insert, update on
  tenants, users, memberships, api_keys, celebrities, contracts, brands, campaigns, deployments, allowed_domains,
  domains, knowledge_sources, knowledge_passages, jsonb_schemas
to twin_platform;
--> statement-breakpoint
grant select, insert on platform_events to twin_platform;
--> statement-breakpoint
grant select on visitors, conversations, messages, flags to twin_platform;
--> statement-breakpoint
grant delete on memberships, allowed_domains, knowledge_sources, knowledge_passages to twin_platform;
--> statement-breakpoint
-- twin_resolver owns the three doors that open before the tenant is known. Column by column: public configuration only.
grant select (id, tenant_id, celebrity_id, type, status, campaign_id, theme, greeting, suggestions, page, created_at)
  on deployments to twin_resolver;
--> statement-breakpoint
grant select (id, slug, name, tagline, portrait, status) on celebrities to twin_resolver;
--> statement-breakpoint
grant select (celebrity_id, licence_scopes, starts_at, ends_at, signed_at, terminated_at) on contracts to twin_resolver;
--> statement-breakpoint
grant select (id, brand_id, slug, name, status, starts_at, ends_at, guidelines_version, approved_version)
  on campaigns to twin_resolver;
--> statement-breakpoint
grant select (id, name) on brands to twin_resolver;
--> statement-breakpoint
grant select (deployment_id, origin, created_at) on allowed_domains to twin_resolver;
--> statement-breakpoint
grant select (deployment_id, hostname, status) on domains to twin_resolver;
--> statement-breakpoint
grant select (id, tenant_id, user_id, name, hash, scopes, revoked_at) on api_keys to twin_resolver;
