CREATE TABLE "Slack_Installations" (
    "Id" text COLLATE "C" NOT NULL,
    "Token" text COLLATE "C" NOT NULL,
    "BotUserId" text COLLATE "C" NOT NULL,
    "AppId" text COLLATE "C" NOT NULL,
    "InstallerId" text COLLATE "C" NOT NULL,
    "Scopes" text COLLATE "C" NOT NULL,
    "InstalledAt" timestamptz NOT NULL,
    "StoppedAt" timestamptz,
    "StoppedBecause" text COLLATE "C",
    CONSTRAINT "PK_Slack_Installations" PRIMARY KEY ("Id")
);

CREATE TABLE "Slack_Teams" (
    "TeamId" text COLLATE "C" NOT NULL,
    "EnterpriseId" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_Slack_Teams" PRIMARY KEY ("TeamId")
);

CREATE TABLE "Slack_Begun" (
    "StateHash" text COLLATE "C" NOT NULL,
    "BrowserHash" text COLLATE "C" NOT NULL,
    "ExpiresAt" timestamptz NOT NULL,
    CONSTRAINT "PK_Slack_Begun" PRIMARY KEY ("StateHash")
);

CREATE TABLE "Slack_Told" (
    "TeamId" text COLLATE "C" NOT NULL,
    "ChannelId" text COLLATE "C" NOT NULL,
    "At" timestamptz NOT NULL,
    CONSTRAINT "PK_Slack_Told" PRIMARY KEY ("TeamId", "ChannelId")
);
