-- No release before this one ran on PostgreSQL: there are no initiatives whose first stage would have to be noted.
ALTER TABLE "Initiatives" ADD COLUMN "BuilderId" uuid;
ALTER TABLE "Initiatives" ADD COLUMN "Metric_Wanted" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "PilotCost" double precision;
ALTER TABLE "Initiatives" ADD COLUMN "DeploymentBudget" double precision;
ALTER TABLE "Initiatives" ADD COLUMN "TrustedSource" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "WhatChanges" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "WhatDoesNot" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "PlannedEnd" date;
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_BehaviourChange" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_Capability" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_Timeframe" text COLLATE "C";
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_UserGroup" text COLLATE "C";

CREATE TABLE "Diagnoses" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "By" uuid NOT NULL,
    "At" timestamptz NOT NULL,
    "Scores" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Diagnoses" PRIMARY KEY ("Id")
);

CREATE TABLE "Evidence" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "SameAs" text COLLATE "C" NOT NULL,
    "Source" text COLLATE "C" NOT NULL,
    "Series" text COLLATE "C" NOT NULL,
    "Value" double precision,
    "Unit" text COLLATE "C",
    "Threshold" double precision,
    "Method" text COLLATE "C",
    "Verdict" text COLLATE "C" NOT NULL,
    "Text" text COLLATE "C",
    "At" timestamptz NOT NULL,
    "EndedAt" timestamptz,
    "ReceivedAt" timestamptz NOT NULL,
    CONSTRAINT "PK_Evidence" PRIMARY KEY ("Id")
);

CREATE TABLE "EvidenceKeys" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "Hash" text COLLATE "C" NOT NULL,
    "Label" text COLLATE "C" NOT NULL,
    "CreatedBy" uuid NOT NULL,
    "CreatedAt" timestamptz NOT NULL,
    "LastUsedAt" timestamptz,
    "RevokedAt" timestamptz,
    CONSTRAINT "PK_EvidenceKeys" PRIMARY KEY ("Id")
);

CREATE TABLE "Obstacles" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "Cause" text COLLATE "C" NOT NULL,
    "Sentence" text COLLATE "C",
    "By" uuid,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_Obstacles" PRIMARY KEY ("Id")
);

CREATE TABLE "PlanItems" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "Kind" text COLLATE "C" NOT NULL,
    "Text" text COLLATE "C" NOT NULL,
    "OwnerId" uuid,
    "DueOn" date,
    "By" uuid,
    "CreatedAt" timestamptz NOT NULL,
    "DoneAt" timestamptz,
    CONSTRAINT "PK_PlanItems" PRIMARY KEY ("Id")
);

CREATE TABLE "Portfolios" (
    "WorkspaceId" uuid NOT NULL,
    "ChannelId" uuid NOT NULL,
    "NextAt" timestamptz NOT NULL,
    "SetBy" uuid NOT NULL,
    "Slot_Day" integer NOT NULL,
    "Slot_Minutes" integer NOT NULL,
    "Slot_Time" time without time zone NOT NULL,
    "Slot_Zone" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Portfolios" PRIMARY KEY ("WorkspaceId")
);

CREATE TABLE "Rebases" (
    "LoopId" uuid NOT NULL,
    "Series" text COLLATE "C" NOT NULL,
    "From" date NOT NULL,
    "Reason" text COLLATE "C" NOT NULL,
    "By" uuid NOT NULL,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_Rebases" PRIMARY KEY ("LoopId", "Series", "From")
);

CREATE TABLE "StageChanges" (
    "Id" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "From" text COLLATE "C",
    "To" text COLLATE "C" NOT NULL,
    "Reason" text COLLATE "C",
    "By" uuid,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_StageChanges" PRIMARY KEY ("Id")
);

CREATE TABLE "Thresholds" (
    "WorkspaceId" uuid NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "Value" double precision NOT NULL,
    CONSTRAINT "PK_Thresholds" PRIMARY KEY ("WorkspaceId", "Name")
);

CREATE TABLE "WarningAnswers" (
    "Id" uuid NOT NULL,
    "WarningId" uuid NOT NULL,
    "Text" text COLLATE "C" NOT NULL,
    "By" uuid NOT NULL,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_WarningAnswers" PRIMARY KEY ("Id")
);

CREATE TABLE "Warnings" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "LoopId" uuid,
    "Rule" text COLLATE "C" NOT NULL,
    "Level" integer NOT NULL,
    "State" text COLLATE "C" NOT NULL,
    "Finding" text COLLATE "C" NOT NULL,
    "Evidence" text COLLATE "C" NOT NULL,
    "PostedLevel" integer NOT NULL,
    "PostedAt" timestamptz,
    "OpenedAt" timestamptz NOT NULL,
    "ChangedAt" timestamptz NOT NULL,
    "EndedAt" timestamptz,
    CONSTRAINT "PK_Warnings" PRIMARY KEY ("Id")
);

CREATE TABLE "Workshops" (
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "InitiativeId" uuid NOT NULL,
    "ChannelId" uuid NOT NULL,
    "StartedBy" uuid NOT NULL,
    "StartedAt" timestamptz NOT NULL,
    "Part" integer NOT NULL,
    "NextAt" timestamptz,
    "EndedAt" timestamptz,
    CONSTRAINT "PK_Workshops" PRIMARY KEY ("Id")
);

CREATE INDEX "IX_Diagnoses_InitiativeId" ON "Diagnoses" ("InitiativeId");

CREATE INDEX "IX_Evidence_InitiativeId_At" ON "Evidence" ("InitiativeId", "At");

CREATE UNIQUE INDEX "IX_Evidence_InitiativeId_SameAs" ON "Evidence" ("InitiativeId", "SameAs");

CREATE UNIQUE INDEX "IX_EvidenceKeys_Hash" ON "EvidenceKeys" ("Hash");

CREATE INDEX "IX_EvidenceKeys_InitiativeId" ON "EvidenceKeys" ("InitiativeId");

CREATE INDEX "IX_Obstacles_InitiativeId" ON "Obstacles" ("InitiativeId");

CREATE INDEX "IX_Obstacles_WorkspaceId" ON "Obstacles" ("WorkspaceId");

CREATE INDEX "IX_PlanItems_InitiativeId" ON "PlanItems" ("InitiativeId");

CREATE INDEX "IX_Portfolios_NextAt" ON "Portfolios" ("NextAt");

CREATE INDEX "IX_StageChanges_InitiativeId" ON "StageChanges" ("InitiativeId");

CREATE INDEX "IX_WarningAnswers_WarningId" ON "WarningAnswers" ("WarningId");

CREATE UNIQUE INDEX "IX_Warnings_Open" ON "Warnings" ("InitiativeId", "Rule") WHERE "State" = 'Open';

CREATE INDEX "IX_Warnings_InitiativeId_Rule" ON "Warnings" ("InitiativeId", "Rule");

CREATE INDEX "IX_Warnings_WorkspaceId_State" ON "Warnings" ("WorkspaceId", "State");

CREATE INDEX "IX_Workshops_InitiativeId" ON "Workshops" ("InitiativeId");

CREATE INDEX "IX_Workshops_NextAt" ON "Workshops" ("NextAt");
