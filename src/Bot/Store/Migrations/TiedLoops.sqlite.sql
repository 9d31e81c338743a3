CREATE TABLE "Ties" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Ties" PRIMARY KEY,
    "Since" INTEGER NOT NULL,
    "Key" BLOB NOT NULL
);

CREATE TABLE "TieSides" (
    "LoopId" TEXT NOT NULL CONSTRAINT "PK_TieSides" PRIMARY KEY,
    "TieId" TEXT NOT NULL,
    "WorkspaceId" TEXT NOT NULL,
    "By" TEXT NOT NULL
);

CREATE TABLE "TieOffers" (
    "LoopId" TEXT NOT NULL CONSTRAINT "PK_TieOffers" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL
);

CREATE TABLE "Fingerprints" (
    "TieId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "LoopId" TEXT NOT NULL,
    "Hash" TEXT NULL,
    CONSTRAINT "PK_Fingerprints" PRIMARY KEY ("TieId", "PersonId")
);

CREATE TABLE "WrongCodes" (
    "PersonId" TEXT NOT NULL CONSTRAINT "PK_WrongCodes" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Since" INTEGER NOT NULL,
    "Count" INTEGER NOT NULL
);

CREATE INDEX "IX_TieSides_TieId" ON "TieSides" ("TieId");
CREATE INDEX "IX_TieSides_WorkspaceId" ON "TieSides" ("WorkspaceId");
CREATE UNIQUE INDEX "IX_TieOffers_Hash" ON "TieOffers" ("Hash");
CREATE INDEX "IX_Fingerprints_PersonId" ON "Fingerprints" ("PersonId");
