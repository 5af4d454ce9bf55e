-- Own hostnames: claims that are proved over DNS, looked at again and again, and served once the edge has them and their
-- TLS. Anybody may claim a name; what holds it is the proof, and one claim at a time has that.
alter table domains
  add column claim_token text not null default replace(gen_random_uuid()::text, '-', ''),
  add column facts jsonb,
  add column failures integer not null default 0,
  add column failing_since timestamptz,
  add column checked_at timestamptz,
  add column next_check_at timestamptz not null default now(),
  add column lease uuid,
  add column edge_id text,
  add column edge_intent_at timestamptz;
--> statement-breakpoint
-- set active by hand until now: looked at from here on as any other
update domains set verified_at = created_at where status = 'ACTIVE' and verified_at is null;
--> statement-breakpoint
update domains set verified_at = null where status = 'PENDING';
--> statement-breakpoint
alter table domains add constraint domains_active_check check (status <> 'ACTIVE' or verified_at is not null);
--> statement-breakpoint
drop index domains_hostname_key;
--> statement-breakpoint
create unique index domains_held_key on domains (hostname) where verified_at is not null and status <> 'REMOVED';
--> statement-breakpoint
create unique index domains_claim_key on domains (deployment_id, hostname) where status <> 'REMOVED';
--> statement-breakpoint
create unique index domains_edge_key on domains (edge_id);
--> statement-breakpoint
create index domains_due_idx on domains (next_check_at) where status <> 'REMOVED';
--> statement-breakpoint
-- what was changed of a claim, without what each look changes and what proves it
drop trigger note_change on domains;
--> statement-breakpoint
create trigger note_change after insert or update or delete on domains for each row
  execute function note_change(
    'claim_token', 'facts', 'checked_at', 'next_check_at', 'lease', 'edge_id', 'edge_intent_at'
  );
