using Bot.CheckIns;
using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>Missing data is named week after week, or the pilot still has no source it trusts.</summary>
public sealed class PerfectData : IRule
{
    public string Id => "perfect-data";

    public string Question => "Which one source do we trust enough to start with?";

    public string Explanation =>
        "It fires when missing data is named by part of the answers weeks running, or when no trusted source is named some weeks into the pilot. It ends when a source is named and missing data is not.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var (enough, share) = (thresholds.Whole("perfect-data.weeks"), thresholds["perfect-data.share"]);
        var running = facts.Lived.Running(w => w.ShareOf(Struggles.MissingData) >= share);
        var cited = running >= enough && facts.Initiative.Stage is Stage.Pilot or Stage.Deploying;
        var unnamed = facts.Initiative.Stage == Stage.Pilot && string.IsNullOrWhiteSpace(facts.Initiative.TrustedSource)
            && facts.WeeksInStage >= thresholds.Whole("perfect-data.source-weeks");
        return !cited && !unnamed ? null : new Finding(
            cited && (unnamed || running >= 2 * enough) ? Finding.Warning : Finding.Notice,
            (cited, unnamed) switch
            {
                (true, true) => $"Missing data has been named {running} weeks running, and no trusted source is named.",
                (true, false) => $"Missing data has been named {running} weeks running.",
                _ => $"No trusted data source is named {facts.WeeksInStage} weeks into the pilot.",
            },
            cited ? [.. facts.Last(Math.Min(running, 6)).Select(w => w.Line(Struggles.MissingData, facts.Today))] : [$"In pilot since {facts.Say(facts.StageSince)}."]);
    }
}
