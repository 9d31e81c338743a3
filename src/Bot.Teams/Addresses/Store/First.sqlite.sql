CREATE TABLE "Teams_Conversations" (
    "TenantId" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "ServiceUrl" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "TeamId" TEXT NULL,
    "ChannelId" TEXT NULL,
    "BotId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "SeenAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Teams_Conversations" PRIMARY KEY ("TenantId", "ConversationId")
);

CREATE TABLE "Teams_People" (
    "TenantId" TEXT NOT NULL,
    "UserId" TEXT NOT NULL,
    "AadObjectId" TEXT NULL,
    "Name" TEXT NULL,
    "PrincipalName" TEXT NULL,
    "TimeZone" TEXT NULL,
    "Locale" TEXT NULL,
    "ChatId" TEXT NULL,
    "MetIn" TEXT NOT NULL,
    "SeenAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Teams_People" PRIMARY KEY ("TenantId", "UserId")
);

CREATE INDEX "IX_Teams_Conversations_TenantId_SeenAt" ON "Teams_Conversations" ("TenantId", "SeenAt");
CREATE UNIQUE INDEX "IX_Teams_People_TenantId_AadObjectId" ON "Teams_People" ("TenantId", "AadObjectId");
