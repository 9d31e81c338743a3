using Bot.Initiatives;

namespace Bot.Reports;

/// <summary>What a report calls the parts of an initiative's life.</summary>
public static class StageWords
{
    /// <summary>"pilot, week 9 of 12", "production, week 4".</summary>
    public static string Now(StageNow now) => $"{Of(now.Stage)}, week {now.Week}" + (now.OfWeeks is { } all ? now.Week > all ? $", planned were {all}" : $" of {all}" : "");

    /// <summary>"pilot to deploying: the pilot users ask for it".</summary>
    public static string Moved(StageEntry entry) =>
        (entry.From is { } from ? $"{Of(from)} to {Of(entry.To)}" : $"registered as {Of(entry.To)}") + (string.IsNullOrWhiteSpace(entry.Reason) ? "" : $": {entry.Reason}");

    public static string Of(Stage stage) => stage.ToString().ToLowerInvariant();

    public static string Of(PlanKind kind) => kind == PlanKind.WorkflowChange ? "workflow change" : kind.ToString().ToLowerInvariant();
}
