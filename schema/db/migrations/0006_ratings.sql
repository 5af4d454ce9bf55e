-- What visitors think of replies, how often they changed a question, and what it takes to forget a conversation.
create table ratings (
  tenant_id uuid not null,
  turn_id uuid not null,
  conversation_id uuid not null,
  rating text,
  reason text,
  comment text,
  rated_at timestamptz not null default now(),
  constraint ratings_tenant_id_turn_id_pk primary key (tenant_id, turn_id),
  constraint ratings_tenant_id_tenants_id_fk foreign key (tenant_id) references tenants (id),
  constraint ratings_conversation_fk foreign key (tenant_id, conversation_id) references conversations (tenant_id, id),
  constraint ratings_rating_check check (rating in ('up', 'down')),
  constraint ratings_reason_check check (reason in ('inaccurate', 'unhelpful', 'off_topic', 'offensive', 'other')),
  constraint ratings_taken_back_check check (rating is not null or (reason is null and comment is null))
);
--> statement-breakpoint
create index ratings_conversation_idx on ratings (tenant_id, conversation_id);
--> statement-breakpoint
alter table messages add column edits integer not null default 0;
--> statement-breakpoint
alter table conversations add column erased_at timestamptz;
--> statement-breakpoint
alter table ratings enable row level security;
--> statement-breakpoint
alter table ratings force row level security;
--> statement-breakpoint
grant select, insert, update on ratings to twin_app;
--> statement-breakpoint
grant select on ratings to twin_platform;
--> statement-breakpoint
create policy app_select on ratings for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on ratings for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_update on ratings for update to twin_app
  using (tenant_id = current_tenant_id()) with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy platform_select on ratings for select to twin_platform using (true);
--> statement-breakpoint
-- Words may be deleted where their visitor has deleted the conversation, and nowhere else.
create function is_erased(tenant uuid, conversation uuid) returns boolean
language sql stable
as $$
  select exists (
    select from conversations
    where tenant_id = tenant and id = conversation and erased_at is not null
  )
$$;
--> statement-breakpoint
grant delete on messages, ratings, flags to twin_app;
--> statement-breakpoint
create policy app_delete on messages for delete to twin_app
  using (tenant_id = current_tenant_id() and is_erased(tenant_id, conversation_id));
--> statement-breakpoint
create policy app_delete on ratings for delete to twin_app
  using (tenant_id = current_tenant_id() and is_erased(tenant_id, conversation_id));
--> statement-breakpoint
create policy app_delete on flags for delete to twin_app
  using (tenant_id = current_tenant_id() and is_erased(tenant_id, conversation_id));
--> statement-breakpoint
-- A write that was on its way while its conversation was erased comes to nothing, however late it arrives.
create function drop_erased() returns trigger
language plpgsql
as $$
begin
  if is_erased(new.tenant_id, new.conversation_id) then
    return null;
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger messages_erased before insert or update on messages for each row execute function drop_erased();
--> statement-breakpoint
create trigger ratings_erased before insert or update on ratings for each row execute function drop_erased();
--> statement-breakpoint
create trigger flags_erased before insert or update on flags for each row execute function drop_erased();
--> statement-breakpoint
create function keep_erased() returns trigger
language plpgsql
as $$
begin
  new.erased_at := coalesce(old.erased_at, new.erased_at);
  return new;
end
$$;
--> statement-breakpoint
create trigger conversations_erased before update on conversations for each row execute function keep_erased();
