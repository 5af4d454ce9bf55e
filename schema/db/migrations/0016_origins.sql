-- Allow-lists hold patterns too: one wildcard, in the first label of a host; http on names of the own machine alone.
alter table allowed_domains drop constraint allowed_domains_origin_check;
--> statement-breakpoint
alter table allowed_domains add constraint allowed_domains_origin_check
  check (origin ~ '^https?://([a-z0-9-]+(\.[a-z0-9-]+)*|[a-z0-9-]*[*][a-z0-9-]*(\.[a-z0-9-]+){2,})(:[1-9][0-9]{0,4})?$');
--> statement-breakpoint
alter table allowed_domains add constraint allowed_domains_scheme_check
  check (origin like 'https://%' or origin ~ '^http://([a-z0-9*-]+\.)*localhost(:[0-9]+)?$');
--> statement-breakpoint
comment on table allowed_domains is
  'Pages that may embed a deployment, one entry a row. None is closed to every page but the deployment''s own.';
--> statement-breakpoint
comment on column allowed_domains.origin is
  'As it is compared: an origin (https://www.example.com), every name below one (https://*.example.com, never the apex), or one label with a wildcard inside (https://*--my-site.netlify.app). Whose a name is, the admin route asks of the public suffix list before it writes.';
