-- VibeThink is a tenant of its own platform (schema/domain/platform-tenant.ts).
-- Forced row-level security binds an owner that does not bypass it, so the rows are written as the platform would.
do $$
declare
  was_forced text[] := array['tenants', 'jsonb_schemas'];
  name text;
begin
  foreach name in array was_forced loop
    execute format('alter table %I no force row level security', name);
  end loop;

  insert into tenants (id, kind, slug, name)
  values ('00000000-0000-4000-8000-000000000001', 'PLATFORM', 'vito-internal', 'VibeThink');

  insert into jsonb_schemas (schema_name, version, is_active, schema)
  values ('twin_config', 1, true, '{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "twin_config, version 1",
    "type": "object",
    "required": ["personalityProfile", "knowledgeBase", "guardrails"],
    "additionalProperties": false,
    "properties": {
      "personalityProfile": {
        "type": "object",
        "required": ["tone", "language"],
        "additionalProperties": false,
        "properties": {
          "tone": { "type": "string", "minLength": 1 },
          "language": { "type": "string", "minLength": 2 },
          "expertise": { "type": "array", "items": { "type": "string", "minLength": 1 } }
        }
      },
      "knowledgeBase": {
        "type": "object",
        "required": ["sources", "lastUpdated"],
        "additionalProperties": false,
        "properties": {
          "sources": { "type": "array", "items": { "type": "string" } },
          "lastUpdated": { "type": "string" }
        }
      },
      "guardrails": {
        "type": "object",
        "required": ["maxResponseLength", "bannedTopics", "contentRating"],
        "additionalProperties": false,
        "properties": {
          "maxResponseLength": { "type": "integer", "minimum": 100 },
          "bannedTopics": { "type": "array", "items": { "type": "string", "minLength": 1 } },
          "contentRating": { "enum": ["G", "PG", "PG-13", "R"] }
        }
      },
      "voiceCloneId": { "type": "string" },
      "visualAvatarId": { "type": "string" }
    }
  }');

  foreach name in array was_forced loop
    execute format('alter table %I force row level security', name);
  end loop;
end
$$;
