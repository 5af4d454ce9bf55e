-- People of the celebrity's side: what they say in a conversation, and which of the twin's replies they changed.
alter table messages
  add column author text,
  add column author_id text,
  add column revisions integer not null default 0,
  add column revised_by text,
  -- counts every change of a row in its room, so that what arrives late changes nothing
  add column version integer not null default 0;
--> statement-breakpoint
alter table messages drop constraint messages_role_check;
--> statement-breakpoint
alter table messages add constraint messages_role_check check (role in ('visitor', 'twin', 'person'));
--> statement-breakpoint
alter table messages add constraint messages_author_check
check ((role = 'person') = (author is not null) and (author is null) = (author_id is null));
