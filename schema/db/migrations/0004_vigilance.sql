-- Rules that grants cannot carry, because they bind the owner too.
create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger platform_events_append_only
before update or delete or truncate on platform_events
for each statement execute function refuse_change();
--> statement-breakpoint
-- Changed guidelines wait for approval again, whoever changes them.
create function raise_guidelines_version() returns trigger
language plpgsql
as $$
begin
  if new.guidelines is distinct from old.guidelines and new.guidelines_version <= old.guidelines_version then
    new.guidelines_version := old.guidelines_version + 1;
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger campaigns_guidelines_version
before update on campaigns
for each row execute function raise_guidelines_version();
