ALTER TABLE "Initiatives" ADD COLUMN "BuilderId" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "Metric_Wanted" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "PilotCost" REAL NULL;
ALTER TABLE "Initiatives" ADD COLUMN "DeploymentBudget" REAL NULL;
ALTER TABLE "Initiatives" ADD COLUMN "TrustedSource" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "WhatChanges" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "WhatDoesNot" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "PlannedEnd" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_BehaviourChange" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_Capability" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_Timeframe" TEXT NULL;
ALTER TABLE "Initiatives" ADD COLUMN "Outcome_UserGroup" TEXT NULL;

CREATE TABLE "Diagnoses" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Diagnoses" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Scores" TEXT NOT NULL
);

CREATE TABLE "Evidence" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Evidence" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "SameAs" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "Series" TEXT NOT NULL,
    "Value" REAL NULL,
    "Unit" TEXT NULL,
    "Threshold" REAL NULL,
    "Method" TEXT NULL,
    "Verdict" TEXT NOT NULL,
    "Text" TEXT NULL,
    "At" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    "ReceivedAt" INTEGER NOT NULL
);

CREATE TABLE "EvidenceKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_EvidenceKeys" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Label" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL
);

CREATE TABLE "Obstacles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Obstacles" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "Cause" TEXT NOT NULL,
    "Sentence" TEXT NULL,
    "By" TEXT NULL,
    "At" INTEGER NOT NULL
);

CREATE TABLE "PlanItems" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PlanItems" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "OwnerId" TEXT NULL,
    "DueOn" TEXT NULL,
    "By" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL
);

CREATE TABLE "Portfolios" (
    "WorkspaceId" TEXT NOT NULL CONSTRAINT "PK_Portfolios" PRIMARY KEY,
    "ChannelId" TEXT NOT NULL,
    "NextAt" INTEGER NOT NULL,
    "SetBy" TEXT NOT NULL,
    "Slot_Day" INTEGER NOT NULL,
    "Slot_Minutes" INTEGER NOT NULL,
    "Slot_Time" TEXT NOT NULL,
    "Slot_Zone" TEXT NOT NULL
);

CREATE TABLE "Rebases" (
    "LoopId" TEXT NOT NULL,
    "Series" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_Rebases" PRIMARY KEY ("LoopId", "Series", "From")
);

CREATE TABLE "StageChanges" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StageChanges" PRIMARY KEY,
    "InitiativeId" TEXT NOT NULL,
    "From" TEXT NULL,
    "To" TEXT NOT NULL,
    "Reason" TEXT NULL,
    "By" TEXT NULL,
    "At" INTEGER NOT NULL
);

CREATE TABLE "Thresholds" (
    "WorkspaceId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" REAL NOT NULL,
    CONSTRAINT "PK_Thresholds" PRIMARY KEY ("WorkspaceId", "Name")
);

CREATE TABLE "WarningAnswers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_WarningAnswers" PRIMARY KEY,
    "WarningId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);

CREATE TABLE "Warnings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Warnings" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "LoopId" TEXT NULL,
    "Rule" TEXT NOT NULL,
    "Level" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Finding" TEXT NOT NULL,
    "Evidence" TEXT NOT NULL,
    "PostedLevel" INTEGER NOT NULL,
    "PostedAt" INTEGER NULL,
    "OpenedAt" INTEGER NOT NULL,
    "ChangedAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL
);

CREATE TABLE "Workshops" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Workshops" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "ChannelId" TEXT NOT NULL,
    "StartedBy" TEXT NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "Part" INTEGER NOT NULL,
    "NextAt" INTEGER NULL,
    "EndedAt" INTEGER NULL
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

-- Every initiative of the earlier release entered its stage when it was registered. The key is a UUID of version 7, as ours are.
INSERT INTO "StageChanges" ("Id", "InitiativeId", "From", "To", "Reason", "By", "At")
SELECT substr(printf('%012X', "CreatedAt"), 1, 8) || '-' || substr(printf('%012X', "CreatedAt"), 9, 4) || '-7' || substr(hex(randomblob(2)), 2)
       || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)),
       "Id", NULL, "Stage", NULL, "OwnerId", "CreatedAt"
FROM "Initiatives";
