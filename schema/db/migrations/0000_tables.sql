CREATE TYPE "public"."campaign_status" AS ENUM('REQUESTED', 'APPROVED', 'REJECTED', 'SCHEDULED', 'ACTIVE', 'ENDED');--> statement-breakpoint
CREATE TYPE "public"."celebrity_type" AS ENUM('SPORTS_COMMENTATOR', 'ATHLETE', 'COACH', 'ENTERTAINER', 'INFLUENCER', 'EXPERT');--> statement-breakpoint
CREATE TYPE "public"."content_rating" AS ENUM('G', 'PG', 'PG-13', 'R');--> statement-breakpoint
CREATE TYPE "public"."deployment_status" AS ENUM('ACTIVE', 'INACTIVE', 'PENDING_SETUP', 'SUSPENDED', 'ARCHIVED', 'SCHEDULED');--> statement-breakpoint
CREATE TYPE "public"."deployment_type" AS ENUM('VIBETHINK_PORTAL', 'EMBEDDED_WIDGET', 'BRAND_CAMPAIGN', 'WHITE_LABEL');--> statement-breakpoint
CREATE TYPE "public"."domain_status" AS ENUM('PENDING', 'ACTIVE', 'REMOVED');--> statement-breakpoint
CREATE TYPE "public"."entity_status" AS ENUM('ACTIVE', 'INACTIVE', 'PENDING_SETUP', 'SUSPENDED', 'ARCHIVED');--> statement-breakpoint
CREATE TYPE "public"."licence_scope" AS ENUM('TEXT', 'VOICE', 'LIKENESS');--> statement-breakpoint
CREATE TYPE "public"."tenant_kind" AS ENUM('CELEBRITY', 'BRAND', 'ORGANIZATION', 'PLATFORM');--> statement-breakpoint
CREATE TYPE "public"."transaction_type" AS ENUM('SUBSCRIPTION', 'CAMPAIGN_FEE', 'TRANSACTION_FEE', 'SETUP_FEE', 'PLATFORM_FEE');--> statement-breakpoint
CREATE TYPE "public"."visitor_tier" AS ENUM('FREE', 'PREMIUM', 'ENTERPRISE');--> statement-breakpoint
CREATE TABLE "brands" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"website" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "brands_tenant_slug_key" UNIQUE("tenant_id","slug"),
	CONSTRAINT "brands_tenant_id_key" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"celebrity_tenant_id" uuid NOT NULL,
	"brand_tenant_id" uuid NOT NULL,
	"celebrity_id" uuid NOT NULL,
	"brand_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"exclusive" boolean DEFAULT false NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"guidelines" jsonb NOT NULL,
	"guidelines_version" integer DEFAULT 1 NOT NULL,
	"approved_version" integer,
	"approved_at" timestamp with time zone,
	"status" "campaign_status" DEFAULT 'REQUESTED' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaigns_brand_slug_key" UNIQUE("brand_tenant_id","brand_id","slug"),
	CONSTRAINT "campaigns_celebrity_tenant_id_key" UNIQUE("celebrity_tenant_id","id"),
	CONSTRAINT "campaigns_id_brand_key" UNIQUE("id","brand_id"),
	CONSTRAINT "campaigns_term_check" CHECK ("campaigns"."ends_at" > "campaigns"."starts_at"),
	CONSTRAINT "campaigns_fee_check" CHECK ("campaigns"."fee_minor" >= 0),
	CONSTRAINT "campaigns_currency_check" CHECK ("campaigns"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "celebrities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"owner_user_id" uuid,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"type" "celebrity_type" NOT NULL,
	"tagline" text DEFAULT '' NOT NULL,
	"portrait" text,
	"twin_config" jsonb NOT NULL,
	"twin_config_version" integer DEFAULT 1 NOT NULL,
	"status" "entity_status" DEFAULT 'PENDING_SETUP' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "celebrities_tenant_slug_key" UNIQUE("tenant_id","slug"),
	CONSTRAINT "celebrities_tenant_id_key" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"celebrity_id" uuid NOT NULL,
	"licence_scopes" "licence_scope"[] NOT NULL,
	"territory" text DEFAULT 'WORLD' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"signed_at" timestamp with time zone,
	"terminated_at" timestamp with time zone,
	"exclusivity" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"direct_share_bp" integer DEFAULT 7000 NOT NULL,
	"campaign_share_bp" integer DEFAULT 8000 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contracts_direct_share_check" CHECK ("contracts"."direct_share_bp" between 0 and 10000),
	CONSTRAINT "contracts_campaign_share_check" CHECK ("contracts"."campaign_share_bp" between 0 and 10000),
	CONSTRAINT "contracts_term_check" CHECK ("contracts"."ends_at" > "contracts"."starts_at"),
	CONSTRAINT "contracts_scopes_check" CHECK (cardinality("contracts"."licence_scopes") > 0)
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"deployment_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"campaign_id" uuid,
	"origin" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_message_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"turn_id" uuid NOT NULL,
	"role" text NOT NULL,
	"text" text NOT NULL,
	"outcome" text,
	"reason" text,
	"model" text,
	"sources" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "messages_position_key" UNIQUE("tenant_id","conversation_id","position"),
	CONSTRAINT "messages_role_check" CHECK ("messages"."role" in ('visitor', 'twin')),
	CONSTRAINT "messages_position_check" CHECK ("messages"."position" between 1 and 1000),
	CONSTRAINT "messages_outcome_check" CHECK ("messages"."outcome" in ('answered', 'stopped', 'blocked', 'failed', 'interrupted'))
);
--> statement-breakpoint
CREATE TABLE "visitors" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"deployment_id" uuid NOT NULL,
	"tier" "visitor_tier" DEFAULT 'FREE' NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visitors_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "allowed_domains" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"deployment_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "allowed_domains_origin_key" UNIQUE("deployment_id","origin"),
	CONSTRAINT "allowed_domains_origin_check" CHECK ("allowed_domains"."origin" ~ '^https?://[a-z0-9.:\[\]_-]+$')
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"celebrity_id" uuid NOT NULL,
	"type" "deployment_type" NOT NULL,
	"status" "deployment_status" DEFAULT 'ACTIVE' NOT NULL,
	"campaign_id" uuid,
	"brand_id" uuid,
	"name" text NOT NULL,
	"portal_url" text,
	"theme" jsonb NOT NULL,
	"branding" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"greeting" text NOT NULL,
	"suggestions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"page" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deployments_tenant_id_key" UNIQUE("tenant_id","id"),
	CONSTRAINT "deployments_campaign_check" CHECK ("deployments"."type" <> 'BRAND_CAMPAIGN' or "deployments"."campaign_id" is not null),
	CONSTRAINT "deployments_brand_check" CHECK ("deployments"."campaign_id" is null or "deployments"."brand_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "domains" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"deployment_id" uuid NOT NULL,
	"hostname" text NOT NULL,
	"status" "domain_status" DEFAULT 'PENDING' NOT NULL,
	"verified_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "domains_hostname_check" CHECK ("domains"."hostname" ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')
);
--> statement-breakpoint
CREATE TABLE "knowledge_passages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"heading" text,
	"text" text NOT NULL,
	CONSTRAINT "knowledge_passages_ordinal_key" UNIQUE("source_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "knowledge_sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"celebrity_id" uuid NOT NULL,
	"campaign_id" uuid,
	"title" text NOT NULL,
	"url" text,
	"language" text DEFAULT 'en' NOT NULL,
	"status" "entity_status" DEFAULT 'PENDING_SETUP' NOT NULL,
	"approved_at" timestamp with time zone,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_sources_tenant_id_key" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"turn_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"reason" text NOT NULL,
	"excerpt" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flags_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "jsonb_schemas" (
	"schema_name" text NOT NULL,
	"version" integer NOT NULL,
	"schema" jsonb NOT NULL,
	"is_active" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "jsonb_schemas_schema_name_version_pk" PRIMARY KEY("schema_name","version")
);
--> statement-breakpoint
CREATE TABLE "platform_events" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_type" text NOT NULL,
	"tenant_id" uuid NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" jsonb NOT NULL,
	"payload" jsonb NOT NULL,
	CONSTRAINT "platform_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_key" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"user_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_tenant_id_user_id_role_pk" PRIMARY KEY("tenant_id","user_id","role")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "tenant_kind" NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp with time zone,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "brands" ADD CONSTRAINT "brands_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_celebrity_tenant_id_tenants_id_fk" FOREIGN KEY ("celebrity_tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_brand_tenant_id_tenants_id_fk" FOREIGN KEY ("brand_tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_celebrity_fk" FOREIGN KEY ("celebrity_tenant_id","celebrity_id") REFERENCES "public"."celebrities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_brand_fk" FOREIGN KEY ("brand_tenant_id","brand_id") REFERENCES "public"."brands"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "celebrities" ADD CONSTRAINT "celebrities_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "celebrities" ADD CONSTRAINT "celebrities_owner_user_id_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_celebrity_fk" FOREIGN KEY ("tenant_id","celebrity_id") REFERENCES "public"."celebrities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_deployment_fk" FOREIGN KEY ("tenant_id","deployment_id") REFERENCES "public"."deployments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_visitor_fk" FOREIGN KEY ("tenant_id","visitor_id") REFERENCES "public"."visitors"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_deployment_fk" FOREIGN KEY ("tenant_id","deployment_id") REFERENCES "public"."deployments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowed_domains" ADD CONSTRAINT "allowed_domains_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allowed_domains" ADD CONSTRAINT "allowed_domains_deployment_fk" FOREIGN KEY ("tenant_id","deployment_id") REFERENCES "public"."deployments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_celebrity_fk" FOREIGN KEY ("tenant_id","celebrity_id") REFERENCES "public"."celebrities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_campaign_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "public"."campaigns"("celebrity_tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_campaign_brand_fk" FOREIGN KEY ("campaign_id","brand_id") REFERENCES "public"."campaigns"("id","brand_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_deployment_fk" FOREIGN KEY ("tenant_id","deployment_id") REFERENCES "public"."deployments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_passages" ADD CONSTRAINT "knowledge_passages_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_passages" ADD CONSTRAINT "knowledge_passages_source_fk" FOREIGN KEY ("tenant_id","source_id") REFERENCES "public"."knowledge_sources"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_sources" ADD CONSTRAINT "knowledge_sources_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_sources" ADD CONSTRAINT "knowledge_sources_celebrity_fk" FOREIGN KEY ("tenant_id","celebrity_id") REFERENCES "public"."celebrities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_sources" ADD CONSTRAINT "knowledge_sources_campaign_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "public"."campaigns"("celebrity_tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_conversation_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_events" ADD CONSTRAINT "platform_events_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_celebrity_idx" ON "campaigns" USING btree ("celebrity_tenant_id","celebrity_id");--> statement-breakpoint
CREATE INDEX "celebrities_slug_idx" ON "celebrities" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "contracts_celebrity_idx" ON "contracts" USING btree ("tenant_id","celebrity_id");--> statement-breakpoint
CREATE INDEX "conversations_deployment_idx" ON "conversations" USING btree ("tenant_id","deployment_id","last_message_at");--> statement-breakpoint
CREATE INDEX "conversations_idle_idx" ON "conversations" USING btree ("tenant_id","last_message_at");--> statement-breakpoint
CREATE INDEX "deployments_celebrity_idx" ON "deployments" USING btree ("tenant_id","celebrity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "domains_hostname_key" ON "domains" USING btree ("hostname") WHERE "domains"."status" <> 'REMOVED';--> statement-breakpoint
CREATE INDEX "domains_deployment_idx" ON "domains" USING btree ("tenant_id","deployment_id");--> statement-breakpoint
CREATE INDEX "knowledge_passages_search_idx" ON "knowledge_passages" USING gin (to_tsvector('simple', coalesce("heading", '') || ' ' || "text"));--> statement-breakpoint
CREATE INDEX "knowledge_sources_celebrity_idx" ON "knowledge_sources" USING btree ("tenant_id","celebrity_id");--> statement-breakpoint
CREATE INDEX "flags_conversation_idx" ON "flags" USING btree ("tenant_id","conversation_id");--> statement-breakpoint
CREATE INDEX "platform_events_when_idx" ON "platform_events" USING btree ("tenant_id","occurred_at");--> statement-breakpoint
CREATE INDEX "api_keys_tenant_idx" ON "api_keys" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "memberships_user_idx" ON "memberships" USING btree ("user_id");