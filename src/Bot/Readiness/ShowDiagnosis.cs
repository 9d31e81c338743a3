using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Readiness;

/// <summary>Shows the five dimensions without asking anything.</summary>
public sealed class ShowDiagnosis(InitiativePeople people, DiagnosisCards result) : IActionHandler
{
    public const string Action = "diagnose.show";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        return initiative is null ? refusal : new Reply.Whisper(await result.OfAsync(asked, initiative, null, ct));
    }
}

/// <summary>Reads what people sent to the diagnostic.</summary>
public sealed class ReadDiagnoses(BotDb db, InitiativePeople people)
{
    /// <summary>What the asker has sent today, by the date in the loop's zone.</summary>
    public async Task<Diagnosis?> TodayAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct)
    {
        var (it, me, zone, today) = (initiative.Initiative.Id, asked.By.Id, InitiativePeople.Zone(asked.By, initiative), people.Today(asked, initiative));
        var last = await db.Diagnoses.Where(d => d.InitiativeId == it && d.By == me).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct);
        return last is not null && WeeklySlot.DateIn(last.At, zone) == today ? last : null;
    }

    /// <summary>Everything sent for one initiative, with what was decided in this turn and is not saved yet.</summary>
    public async Task<IReadOnlyList<Diagnosis>> AllAsync(InitiativeId initiative, CancellationToken ct)
    {
        await db.Diagnoses.Where(d => d.InitiativeId == initiative).LoadAsync(ct);
        return [.. db.Diagnoses.Local.Where(d => d.InitiativeId == initiative)];
    }
}

/// <summary>Makes the card of the five dimensions: the diagnostic and the weekly probes side by side, never mixed.</summary>
public sealed class DiagnosisCards(BotDb db, ReadDiagnoses diagnoses, ReadReadiness readiness, InitiativePeople people, CardBook cards, TimeProvider clock)
{
    private const int MonthsShown = 6;

    /// <param name="asked">Who reads it: their own scores are shown to them alone.</param>
    /// <param name="initiative">Whose.</param>
    /// <param name="said">What has just happened, if anything.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Card> OfAsync(Asked asked, InitiativeInHand initiative, string? said, CancellationToken ct)
    {
        var (it, now) = (initiative.Initiative, clock.GetUtcNow());
        var all = await diagnoses.AllAsync(it.Id, ct);
        var team = TeamDiagnosis.Of(all, now);
        var mine = all.Where(d => d.By == asked.By.Id).MaxBy(d => d.At) is { } latest ? Diagnostic.ScoresOf(latest.Scores) : null;
        var probes = initiative.Loop is { } loop ? await readiness.OfAsync(loop.Id, people.Today(asked, initiative), ct) : LoopReadiness.Nothing;
        return cards.Fill(new DiagnosisCard(
            it.Id.ToString(), it.Name, it.IsSample, said, Who(team, mine is not null), mine is not null,
            [.. DimensionAdvice.All.Select((d, i) => Line(d, mine?[i], team.Now?.Scores[i], probes.Now[i]))],
            [.. team.Earlier.TakeLast(MonthsShown).Select(Month)],
            await AdviceAsync(it.Id, Lowest(team.Now?.Scores ?? mine), probes.Lowest?.Dimension, ct)));
    }

    private static DimensionLine Line(ReadinessDimension dimension, double? mine, double? team, DimensionScore probes) => new(
        DimensionAdvice.Of(dimension).Title,
        Say.Bar(team ?? mine),
        string.Join(", ", new[] { team is { } t ? $"team {Score(t)}" : null, mine is { } m ? $"you {Score(m)}" : null }.OfType<string>()) is { Length: > 0 } words ? words : "not answered yet",
        Say.Bar(probes.Score),
        probes.Score is { } score ? $"{Score(score)} (n = {probes.Answers})" : "not measured");

    private static string Who(TeamDiagnosis team, bool answered) => team.Now switch
    {
        { } now => $"The team's scores are of {now.People} people." + (team.People == now.People ? "" : $" {Say.Count(team.People, "person")} answered by now; the scores move when three have changed."),
        _ when team.People > 0 => $"{Say.Count(team.People, "person")} answered in the last 90 days; the team's scores are shown from three people up.",
        _ => answered ? "You answered more than 90 days ago, and nobody since." : "Nobody has answered the twelve statements yet.",
    };

    private static string Month(TeamScore team) =>
        $"{team.At.ToString("MMM yyyy", CultureInfo.InvariantCulture)} (n = {team.People}): "
        + string.Join(", ", DimensionAdvice.All.Select((d, i) => $"{DimensionAdvice.Of(d).Title.ToLowerInvariant()} {Score(team.Scores[i])}"));

    private async Task<IReadOnlyList<AdviceLine>> AdviceAsync(InitiativeId initiative, ReadinessDimension? said, ReadinessDimension? probed, CancellationToken ct)
    {
        var open = await db.PlanItems.Where(p => p.InitiativeId == initiative && p.DoneAt == null).Select(p => p.Text).ToListAsync(ct);
        return
        [
            .. new[] { said, probed }.OfType<ReadinessDimension>().Distinct().Select(d =>
            {
                var advice = DimensionAdvice.Of(d);
                var by = (said == d, probed == d) switch { (true, true) => "lowest in both", (true, _) => "lowest in the diagnostic", _ => "lowest week by week" };
                return new AdviceLine($"{initiative}:{d}", advice.Title, by, advice.Recommendation, advice.NextStep, open.Contains(advice.NextStep));
            }),
        ];
    }

    private static ReadinessDimension? Lowest(IReadOnlyList<double>? scores) =>
        scores is null ? null : DimensionAdvice.All.MinBy(d => scores[(int)d]);

    private static string Score(double score) => Math.Round(score, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture);
}

/// <param name="Key">The initiative.</param>
/// <param name="Said">What has just happened.</param>
/// <param name="Who">How many people the team's scores are of.</param>
/// <param name="Answered">The reader has answered before.</param>
/// <param name="Earlier">Earlier scores of the team, one line a month.</param>
/// <param name="Advice">What to do about the lowest dimension; two where diagnostic and probes differ.</param>
public sealed record DiagnosisCard(
    string Key, string Initiative, bool IsSample, string? Said, string Who, bool Answered,
    IReadOnlyList<DimensionLine> Dimensions, IReadOnlyList<string> Earlier, IReadOnlyList<AdviceLine> Advice) : ICardData
{
    public static string Template => "diagnosis";
}

/// <param name="Bar">Of the diagnostic.</param>
/// <param name="Diagnostic">"team 62, you 75".</param>
/// <param name="ProbeBar">Of the weekly probes.</param>
/// <param name="Probes">"58 (n = 12)".</param>
public sealed record DimensionLine(string Title, string Bar, string Diagnostic, string ProbeBar, string Probes);

/// <param name="Key">"initiative:dimension".</param>
/// <param name="By">By what it is the lowest.</param>
/// <param name="InPlan">The step is open in the plan already.</param>
public sealed record AdviceLine(string Key, string Title, string By, string Recommendation, string NextStep, bool InPlan);
