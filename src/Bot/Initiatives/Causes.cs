namespace Bot.Initiatives;

/// <summary>What causes and stages are called on every card.</summary>
public static class Causes
{
    public static string Label(this Cause cause) => cause switch
    {
        Cause.DataQuality => "data quality",
        Cause.RiskOrCompliance => "risk or compliance",
        Cause.UnclearValue => "unclear value",
        Cause.NoOwner => "no owner",
        Cause.UserAdoption => "user adoption",
        Cause.ModelQualityOrDrift => "model quality or drift",
        _ => cause.ToString().ToLowerInvariant(),
    };

    public static string Label(this Stage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>"data quality: "the CRM has no field for it"": verbatim; says so when one of the two is missing.</summary>
    public static string InWords(this Obstacle obstacle, int most = int.MaxValue) =>
        $"{obstacle.Cause.Label()}: {(obstacle.Sentence is { } sentence ? $"\"{Cards.Say.Shortened(sentence, most)}\"" : "no sentence given")}";
}
