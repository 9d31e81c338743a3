CREATE INDEX "IX_Answers_RoundId_Counted_Rating_Struggles_Drift_MetricValue_~" ON "Answers" ("RoundId", "Counted", "Rating", "Struggles", "Drift", "MetricValue", "SupportHours");
