CREATE TABLE "Slack_Installations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Slack_Installations" PRIMARY KEY,
    "Token" TEXT NOT NULL,
    "BotUserId" TEXT NOT NULL,
    "AppId" TEXT NOT NULL,
    "InstallerId" TEXT NOT NULL,
    "Scopes" TEXT NOT NULL,
    "InstalledAt" INTEGER NOT NULL,
    "StoppedAt" INTEGER NULL,
    "StoppedBecause" TEXT NULL
);

CREATE TABLE "Slack_Teams" (
    "TeamId" TEXT NOT NULL CONSTRAINT "PK_Slack_Teams" PRIMARY KEY,
    "EnterpriseId" TEXT NOT NULL
);

CREATE TABLE "Slack_Begun" (
    "StateHash" TEXT NOT NULL CONSTRAINT "PK_Slack_Begun" PRIMARY KEY,
    "BrowserHash" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL
);

CREATE TABLE "Slack_Told" (
    "TeamId" TEXT NOT NULL,
    "ChannelId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_Slack_Told" PRIMARY KEY ("TeamId", "ChannelId")
);
