CREATE INDEX "IX_Outbox_WaitingPosts" ON "Outbox" ("WorkspaceId", "NotBefore") WHERE "State" = 'Waiting' AND "Updates" IS NULL;
