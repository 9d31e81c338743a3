ALTER TABLE "Rounds" ADD "TextsGoneAt" timestamptz NULL;
ALTER TABLE "Workspaces" ADD "DeletingSince" timestamptz NULL;
DROP INDEX "IX_Workspaces_Platform_ExternalId";
CREATE UNIQUE INDEX "IX_Workspaces_Platform_ExternalId" ON "Workspaces" ("Platform", "ExternalId") WHERE "DeletingSince" IS NULL;
CREATE INDEX "IX_Rounds_TextsGoneAt_ClosesAt" ON "Rounds" ("TextsGoneAt", "ClosesAt");
