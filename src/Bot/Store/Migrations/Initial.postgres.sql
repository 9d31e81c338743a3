-- Built in from PostgreSQL 18 on, where the built-in ones are found before these.
CREATE FUNCTION uuid_least(a uuid, b uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT least(a, b)';
CREATE FUNCTION uuid_greatest(a uuid, b uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT greatest(a, b)';
CREATE AGGREGATE min(uuid) (SFUNC = uuid_least, STYPE = uuid, COMBINEFUNC = uuid_least, PARALLEL = SAFE);
CREATE AGGREGATE max(uuid) (SFUNC = uuid_greatest, STYPE = uuid, COMBINEFUNC = uuid_greatest, PARALLEL = SAFE);

CREATE TABLE "ActionItems" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "LoopId" uuid NOT NULL,
    "RoundId" uuid,
    "Text" text COLLATE "C" NOT NULL,
    "OwnerId" uuid NOT NULL,
    "DueOn" date NOT NULL,
    "CreatedAt" timestamptz NOT NULL,
    "DoneAt" timestamptz,
    CONSTRAINT "PK_ActionItems" PRIMARY KEY ("Id")
);

CREATE TABLE "Answers" (
    "Id" uuid NOT NULL,
    "RoundId" uuid NOT NULL,
    "PersonId" uuid,
    "Rating" integer,
    "Comment" text COLLATE "C",
    "Struggles" integer NOT NULL,
    "StruggleText" text COLLATE "C",
    "Drift" text COLLATE "C",
    "DriftSource" text COLLATE "C",
    "DriftExample" text COLLATE "C",
    "ProbeAnswer" text COLLATE "C",
    "MetricValue" double precision,
    "SupportHours" double precision,
    "At" timestamptz NOT NULL,
    "Late" boolean NOT NULL,
    "Counted" boolean NOT NULL,
    "ImportKey" text COLLATE "C",
    CONSTRAINT "PK_Answers" PRIMARY KEY ("Id")
);

CREATE TABLE "ChannelMembers" (
    "ChannelId" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    CONSTRAINT "PK_ChannelMembers" PRIMARY KEY ("ChannelId", "PersonId")
);

CREATE TABLE "Channels" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "ExternalId" text COLLATE "C" NOT NULL,
    "Kind" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C",
    "GoneAt" timestamptz,
    "MembersReadAt" timestamptz,
    CONSTRAINT "PK_Channels" PRIMARY KEY ("Id")
);

CREATE TABLE "DataKeys" (
    "Id" uuid NOT NULL,
    "Xml" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_DataKeys" PRIMARY KEY ("Id")
);

CREATE TABLE "Decisions" (
    "Id" uuid NOT NULL,
    "LoopId" uuid NOT NULL,
    "RoundId" uuid NOT NULL,
    "Text" text COLLATE "C" NOT NULL,
    "By" uuid NOT NULL,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_Decisions" PRIMARY KEY ("Id")
);

CREATE TABLE "Drafts" (
    "PersonId" uuid NOT NULL,
    "Form" text COLLATE "C" NOT NULL,
    "Key" text COLLATE "C" NOT NULL,
    "Values" text COLLATE "C" NOT NULL,
    "SavedAt" timestamptz NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("PersonId", "Form", "Key")
);

CREATE TABLE "Experiments" (
    "Id" uuid NOT NULL,
    "LoopId" uuid NOT NULL,
    "RoundId" uuid NOT NULL,
    "Change" text COLLATE "C" NOT NULL,
    "Expect" text COLLATE "C" NOT NULL,
    "By" date NOT NULL,
    "SetAt" timestamptz NOT NULL,
    "Result" text COLLATE "C",
    "ResultRoundId" uuid,
    CONSTRAINT "PK_Experiments" PRIMARY KEY ("Id")
);

CREATE TABLE "Holidays" (
    "WorkspaceId" uuid NOT NULL,
    "Date" date NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Holidays" PRIMARY KEY ("WorkspaceId", "Date")
);

CREATE TABLE "Inbox" (
    "WorkspaceId" uuid NOT NULL,
    "DeliveryId" text COLLATE "C" NOT NULL,
    "At" timestamptz NOT NULL,
    "Reply" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Inbox" PRIMARY KEY ("WorkspaceId", "DeliveryId")
);

CREATE TABLE "Initiatives" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "Stage" text COLLATE "C" NOT NULL,
    "OwnerId" uuid,
    "Metric_Name" text COLLATE "C",
    "Metric_Unit" text COLLATE "C",
    "Metric_Baseline" double precision,
    "Metric_Target" double precision,
    "CreatedAt" timestamptz NOT NULL,
    "IsSample" boolean NOT NULL,
    CONSTRAINT "PK_Initiatives" PRIMARY KEY ("Id")
);

CREATE TABLE "Invitations" (
    "RoundId" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text COLLATE "C" NOT NULL,
    "Probe" text COLLATE "C",
    "RemindedAt" timestamptz,
    "DeclinedAt" timestamptz,
    "AnsweredAt" timestamptz,
    "GaveNameless" boolean NOT NULL,
    CONSTRAINT "PK_Invitations" PRIMARY KEY ("RoundId", "PersonId")
);

CREATE TABLE "Loops" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "ChannelId" uuid NOT NULL,
    "OpenHours" integer NOT NULL,
    "RemindHours" integer NOT NULL,
    "LocalTime" boolean NOT NULL,
    "Asynchronous" boolean NOT NULL,
    "Facilitation" text COLLATE "C" NOT NULL,
    "PausedAt" timestamptz,
    "PausedBecause" text COLLATE "C",
    "StartedAt" timestamptz NOT NULL,
    "EndedAt" timestamptz,
    "Slot_Day" integer NOT NULL,
    "Slot_Minutes" integer NOT NULL,
    "Slot_Time" time without time zone NOT NULL,
    "Slot_Zone" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Loops" PRIMARY KEY ("Id")
);

CREATE TABLE "NamelessNotes" (
    "Id" uuid NOT NULL,
    "RoundId" uuid NOT NULL,
    "Struggles" integer NOT NULL,
    "Text" text COLLATE "C",
    "Counted" boolean NOT NULL,
    CONSTRAINT "PK_NamelessNotes" PRIMARY KEY ("Id")
);

CREATE TABLE "Outbox" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Key" text COLLATE "C" NOT NULL,
    "Updates" text COLLATE "C",
    "ToPerson" uuid,
    "ToChannel" uuid,
    "ThreadOf" text COLLATE "C",
    "Card" text COLLATE "C" NOT NULL,
    "NotBefore" timestamptz NOT NULL,
    "CreatedAt" timestamptz NOT NULL,
    "Attempts" integer NOT NULL,
    "Revision" integer NOT NULL,
    "State" text COLLATE "C" NOT NULL,
    "EndedAt" timestamptz,
    "LastError" text COLLATE "C",
    CONSTRAINT "PK_Outbox" PRIMARY KEY ("Id")
);

CREATE TABLE "Participants" (
    "LoopId" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text COLLATE "C" NOT NULL,
    "Joined" text COLLATE "C" NOT NULL,
    "Since" timestamptz NOT NULL,
    "LeftAt" timestamptz,
    CONSTRAINT "PK_Participants" PRIMARY KEY ("LoopId", "PersonId")
);

CREATE TABLE "People" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "ExternalId" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "TimeZone" text COLLATE "C",
    "IsAdmin" boolean NOT NULL,
    "GoneAt" timestamptz,
    CONSTRAINT "PK_People" PRIMARY KEY ("Id")
);

CREATE TABLE "PostedCards" (
    "WorkspaceId" uuid NOT NULL,
    "Key" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NOT NULL,
    "MessageId" text COLLATE "C" NOT NULL,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_PostedCards" PRIMARY KEY ("WorkspaceId", "Key")
);

CREATE TABLE "Rounds" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "LoopId" uuid NOT NULL,
    "ReviewDate" date NOT NULL,
    "State" text COLLATE "C" NOT NULL,
    "OpensAt" timestamptz NOT NULL,
    "RemindsAt" timestamptz NOT NULL,
    "ReviewAt" timestamptz NOT NULL,
    "ClosesAt" timestamptz NOT NULL,
    "SkippedBecause" text COLLATE "C",
    "FacilitatorId" uuid,
    "StartedAt" timestamptz,
    "ClosedAt" timestamptz,
    "Asynchronous" boolean NOT NULL,
    "Sealed" boolean NOT NULL,
    "Imported" boolean NOT NULL,
    CONSTRAINT "PK_Rounds" PRIMARY KEY ("Id")
);

CREATE TABLE "RoundSteps" (
    "RoundId" uuid NOT NULL,
    "Step" text COLLATE "C" NOT NULL,
    "DueAt" timestamptz NOT NULL,
    "State" text COLLATE "C" NOT NULL,
    "DoneAt" timestamptz,
    CONSTRAINT "PK_RoundSteps" PRIMARY KEY ("RoundId", "Step")
);

CREATE TABLE "SkippedDates" (
    "LoopId" uuid NOT NULL,
    "Date" date NOT NULL,
    "Reason" text COLLATE "C" NOT NULL,
    "By" uuid NOT NULL,
    CONSTRAINT "PK_SkippedDates" PRIMARY KEY ("LoopId", "Date")
);

CREATE TABLE "Workspaces" (
    "Id" uuid NOT NULL,
    "Platform" text COLLATE "C" NOT NULL,
    "ExternalId" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C",
    "AddedAt" timestamptz NOT NULL,
    "RemovedAt" timestamptz,
    CONSTRAINT "PK_Workspaces" PRIMARY KEY ("Id")
);

CREATE INDEX "IX_ActionItems_LoopId_DoneAt" ON "ActionItems" ("LoopId", "DoneAt");
CREATE INDEX "IX_ActionItems_OwnerId" ON "ActionItems" ("OwnerId");
CREATE INDEX "IX_Answers_PersonId" ON "Answers" ("PersonId");
CREATE UNIQUE INDEX "IX_Answers_RoundId_ImportKey" ON "Answers" ("RoundId", "ImportKey");
CREATE UNIQUE INDEX "IX_Answers_RoundId_PersonId_Counted" ON "Answers" ("RoundId", "PersonId", "Counted");
CREATE UNIQUE INDEX "IX_Channels_WorkspaceId_ExternalId" ON "Channels" ("WorkspaceId", "ExternalId");
CREATE INDEX "IX_Decisions_RoundId" ON "Decisions" ("RoundId");
CREATE INDEX "IX_Experiments_LoopId" ON "Experiments" ("LoopId");
CREATE UNIQUE INDEX "IX_Experiments_RoundId" ON "Experiments" ("RoundId");
CREATE INDEX "IX_Inbox_At" ON "Inbox" ("At");
CREATE INDEX "IX_Initiatives_WorkspaceId" ON "Initiatives" ("WorkspaceId");
CREATE INDEX "IX_Invitations_PersonId" ON "Invitations" ("PersonId");
CREATE INDEX "IX_Loops_ChannelId" ON "Loops" ("ChannelId");
CREATE INDEX "IX_Loops_InitiativeId" ON "Loops" ("InitiativeId");
CREATE INDEX "IX_Loops_WorkspaceId" ON "Loops" ("WorkspaceId");
CREATE INDEX "IX_NamelessNotes_RoundId" ON "NamelessNotes" ("RoundId");
CREATE INDEX "IX_Outbox_State_WorkspaceId_NotBefore" ON "Outbox" ("State", "WorkspaceId", "NotBefore");
CREATE UNIQUE INDEX "IX_Outbox_WorkspaceId_Key" ON "Outbox" ("WorkspaceId", "Key");
CREATE INDEX "IX_Outbox_WorkspaceId_Updates" ON "Outbox" ("WorkspaceId", "Updates");
CREATE INDEX "IX_Participants_PersonId" ON "Participants" ("PersonId");
CREATE UNIQUE INDEX "IX_People_WorkspaceId_ExternalId" ON "People" ("WorkspaceId", "ExternalId");
CREATE UNIQUE INDEX "IX_Rounds_LoopId_ReviewDate" ON "Rounds" ("LoopId", "ReviewDate");
CREATE INDEX "IX_Rounds_WorkspaceId" ON "Rounds" ("WorkspaceId");
CREATE INDEX "IX_RoundSteps_State_DueAt" ON "RoundSteps" ("State", "DueAt");
CREATE UNIQUE INDEX "IX_Workspaces_Platform_ExternalId" ON "Workspaces" ("Platform", "ExternalId");
