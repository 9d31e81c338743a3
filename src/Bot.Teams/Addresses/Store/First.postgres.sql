CREATE TABLE "Teams_Conversations" (
    "TenantId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NOT NULL,
    "ServiceUrl" text NOT NULL,
    "Kind" text NOT NULL,
    "TeamId" text COLLATE "C",
    "ChannelId" text COLLATE "C",
    "BotId" text COLLATE "C" NOT NULL,
    "State" text NOT NULL,
    "SeenAt" timestamptz NOT NULL,
    CONSTRAINT "PK_Teams_Conversations" PRIMARY KEY ("TenantId", "ConversationId")
);

CREATE TABLE "Teams_People" (
    "TenantId" text COLLATE "C" NOT NULL,
    "UserId" text COLLATE "C" NOT NULL,
    "AadObjectId" text COLLATE "C",
    "Name" text COLLATE "C",
    "PrincipalName" text COLLATE "C",
    "TimeZone" text COLLATE "C",
    "Locale" text COLLATE "C",
    "ChatId" text COLLATE "C",
    "MetIn" text COLLATE "C" NOT NULL,
    "SeenAt" timestamptz NOT NULL,
    CONSTRAINT "PK_Teams_People" PRIMARY KEY ("TenantId", "UserId")
);

CREATE INDEX "IX_Teams_Conversations_TenantId_SeenAt" ON "Teams_Conversations" ("TenantId", "SeenAt");
CREATE UNIQUE INDEX "IX_Teams_People_TenantId_AadObjectId" ON "Teams_People" ("TenantId", "AadObjectId");
