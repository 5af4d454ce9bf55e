-- What models cost: a row a call, written once. Figures alone, so that a conversation's erasure leaves them.
create table model_calls (
  id uuid not null,
  tenant_id uuid not null,
  conversation_id uuid not null,
  turn_id uuid not null,
  attempt integer not null,
  model text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  estimated boolean not null,
  started_at timestamptz not null,
  constraint model_calls_tenant_id_id_pk primary key (tenant_id, id),
  constraint model_calls_tenant_id_tenants_id_fk foreign key (tenant_id) references tenants (id),
  constraint model_calls_conversation_fk foreign key (tenant_id, conversation_id) references conversations (tenant_id, id),
  constraint model_calls_attempt_check check (attempt >= 1),
  constraint model_calls_tokens_check check (input_tokens >= 0 and output_tokens >= 0)
);
--> statement-breakpoint
create index model_calls_when_idx on model_calls (tenant_id, started_at);
--> statement-breakpoint
create index model_calls_conversation_idx on model_calls (tenant_id, conversation_id);
--> statement-breakpoint
alter table model_calls enable row level security;
--> statement-breakpoint
alter table model_calls force row level security;
--> statement-breakpoint
-- neither changed nor deleted: what was used was used
grant select, insert on model_calls to twin_app;
--> statement-breakpoint
grant select on model_calls to twin_platform;
--> statement-breakpoint
create policy app_select on model_calls for select to twin_app using (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy app_insert on model_calls for insert to twin_app with check (tenant_id = current_tenant_id());
--> statement-breakpoint
create policy platform_select on model_calls for select to twin_platform using (true);
