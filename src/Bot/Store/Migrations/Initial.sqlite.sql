CREATE TABLE "ActionItems" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ActionItems" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "LoopId" TEXT NOT NULL,
    "RoundId" TEXT NULL,
    "Text" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "DueOn" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL
);

CREATE TABLE "Answers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Answers" PRIMARY KEY,
    "RoundId" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "Rating" INTEGER NULL,
    "Comment" TEXT NULL,
    "Struggles" INTEGER NOT NULL,
    "StruggleText" TEXT NULL,
    "Drift" TEXT NULL,
    "DriftSource" TEXT NULL,
    "DriftExample" TEXT NULL,
    "ProbeAnswer" TEXT NULL,
    "MetricValue" REAL NULL,
    "SupportHours" REAL NULL,
    "At" INTEGER NOT NULL,
    "Late" INTEGER NOT NULL,
    "Counted" INTEGER NOT NULL,
    "ImportKey" TEXT NULL
);

CREATE TABLE "ChannelMembers" (
    "ChannelId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    CONSTRAINT "PK_ChannelMembers" PRIMARY KEY ("ChannelId", "PersonId")
);

CREATE TABLE "Channels" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Channels" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "ExternalId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Name" TEXT NULL,
    "GoneAt" INTEGER NULL,
    "MembersReadAt" INTEGER NULL
);

CREATE TABLE "DataKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_DataKeys" PRIMARY KEY,
    "Xml" TEXT NOT NULL
);

CREATE TABLE "Decisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Decisions" PRIMARY KEY,
    "LoopId" TEXT NOT NULL,
    "RoundId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);

CREATE TABLE "Drafts" (
    "PersonId" TEXT NOT NULL,
    "Form" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Values" TEXT NOT NULL,
    "SavedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("PersonId", "Form", "Key")
);

CREATE TABLE "Experiments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Experiments" PRIMARY KEY,
    "LoopId" TEXT NOT NULL,
    "RoundId" TEXT NOT NULL,
    "Change" TEXT NOT NULL,
    "Expect" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "SetAt" INTEGER NOT NULL,
    "Result" TEXT NULL,
    "ResultRoundId" TEXT NULL
);

CREATE TABLE "Holidays" (
    "WorkspaceId" TEXT NOT NULL,
    "Date" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "PK_Holidays" PRIMARY KEY ("WorkspaceId", "Date")
);

CREATE TABLE "Inbox" (
    "WorkspaceId" TEXT NOT NULL,
    "DeliveryId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Reply" TEXT NOT NULL,
    CONSTRAINT "PK_Inbox" PRIMARY KEY ("WorkspaceId", "DeliveryId")
);

CREATE TABLE "Initiatives" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Initiatives" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "OwnerId" TEXT NULL,
    "Metric_Name" TEXT NULL,
    "Metric_Unit" TEXT NULL,
    "Metric_Baseline" REAL NULL,
    "Metric_Target" REAL NULL,
    "CreatedAt" INTEGER NOT NULL,
    "IsSample" INTEGER NOT NULL
);

CREATE TABLE "Invitations" (
    "RoundId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "Probe" TEXT NULL,
    "RemindedAt" INTEGER NULL,
    "DeclinedAt" INTEGER NULL,
    "AnsweredAt" INTEGER NULL,
    "GaveNameless" INTEGER NOT NULL,
    CONSTRAINT "PK_Invitations" PRIMARY KEY ("RoundId", "PersonId")
);

CREATE TABLE "Loops" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Loops" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "InitiativeId" TEXT NOT NULL,
    "ChannelId" TEXT NOT NULL,
    "OpenHours" INTEGER NOT NULL,
    "RemindHours" INTEGER NOT NULL,
    "LocalTime" INTEGER NOT NULL,
    "Asynchronous" INTEGER NOT NULL,
    "Facilitation" TEXT NOT NULL,
    "PausedAt" INTEGER NULL,
    "PausedBecause" TEXT NULL,
    "StartedAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    "Slot_Day" INTEGER NOT NULL,
    "Slot_Minutes" INTEGER NOT NULL,
    "Slot_Time" TEXT NOT NULL,
    "Slot_Zone" TEXT NOT NULL
);

-- Without a rowid: its rows lie in the order of their random keys, so that not even the file tells when one was written.
CREATE TABLE "NamelessNotes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_NamelessNotes" PRIMARY KEY,
    "RoundId" TEXT NOT NULL,
    "Struggles" INTEGER NOT NULL,
    "Text" TEXT NULL,
    "Counted" INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE "Outbox" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Outbox" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Updates" TEXT NULL,
    "ToPerson" TEXT NULL,
    "ToChannel" TEXT NULL,
    "ThreadOf" TEXT NULL,
    "Card" TEXT NOT NULL,
    "NotBefore" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "Revision" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "EndedAt" INTEGER NULL,
    "LastError" TEXT NULL
);

CREATE TABLE "Participants" (
    "LoopId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "Joined" TEXT NOT NULL,
    "Since" INTEGER NOT NULL,
    "LeftAt" INTEGER NULL,
    CONSTRAINT "PK_Participants" PRIMARY KEY ("LoopId", "PersonId")
);

CREATE TABLE "People" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_People" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "ExternalId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "TimeZone" TEXT NULL,
    "IsAdmin" INTEGER NOT NULL,
    "GoneAt" INTEGER NULL
);

CREATE TABLE "PostedCards" (
    "WorkspaceId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "MessageId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_PostedCards" PRIMARY KEY ("WorkspaceId", "Key")
);

CREATE TABLE "Rounds" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Rounds" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "LoopId" TEXT NOT NULL,
    "ReviewDate" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "OpensAt" INTEGER NOT NULL,
    "RemindsAt" INTEGER NOT NULL,
    "ReviewAt" INTEGER NOT NULL,
    "ClosesAt" INTEGER NOT NULL,
    "SkippedBecause" TEXT NULL,
    "FacilitatorId" TEXT NULL,
    "StartedAt" INTEGER NULL,
    "ClosedAt" INTEGER NULL,
    "Asynchronous" INTEGER NOT NULL,
    "Sealed" INTEGER NOT NULL,
    "Imported" INTEGER NOT NULL
);

CREATE TABLE "RoundSteps" (
    "RoundId" TEXT NOT NULL,
    "Step" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "DoneAt" INTEGER NULL,
    CONSTRAINT "PK_RoundSteps" PRIMARY KEY ("RoundId", "Step")
);

CREATE TABLE "SkippedDates" (
    "LoopId" TEXT NOT NULL,
    "Date" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "PK_SkippedDates" PRIMARY KEY ("LoopId", "Date")
);

CREATE TABLE "Workspaces" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Workspaces" PRIMARY KEY,
    "Platform" TEXT NOT NULL,
    "ExternalId" TEXT NOT NULL,
    "Name" TEXT NULL,
    "AddedAt" INTEGER NOT NULL,
    "RemovedAt" INTEGER NULL
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
