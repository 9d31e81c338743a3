CREATE TABLE "Ties" (
    "Id" uuid NOT NULL,
    "Since" timestamptz NOT NULL,
    "Key" bytea NOT NULL,
    CONSTRAINT "PK_Ties" PRIMARY KEY ("Id")
);

CREATE TABLE "TieSides" (
    "LoopId" uuid NOT NULL,
    "TieId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "By" uuid NOT NULL,
    CONSTRAINT "PK_TieSides" PRIMARY KEY ("LoopId")
);

CREATE TABLE "TieOffers" (
    "LoopId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "By" uuid NOT NULL,
    "Hash" text COLLATE "C" NOT NULL,
    "ExpiresAt" timestamptz NOT NULL,
    CONSTRAINT "PK_TieOffers" PRIMARY KEY ("LoopId")
);

CREATE TABLE "Fingerprints" (
    "TieId" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "LoopId" uuid NOT NULL,
    "Hash" text COLLATE "C",
    CONSTRAINT "PK_Fingerprints" PRIMARY KEY ("TieId", "PersonId")
);

CREATE TABLE "WrongCodes" (
    "PersonId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Since" timestamptz NOT NULL,
    "Count" integer NOT NULL,
    CONSTRAINT "PK_WrongCodes" PRIMARY KEY ("PersonId")
);

CREATE INDEX "IX_TieSides_TieId" ON "TieSides" ("TieId");
CREATE INDEX "IX_TieSides_WorkspaceId" ON "TieSides" ("WorkspaceId");
CREATE UNIQUE INDEX "IX_TieOffers_Hash" ON "TieOffers" ("Hash");
CREATE INDEX "IX_Fingerprints_PersonId" ON "Fingerprints" ("PersonId");
