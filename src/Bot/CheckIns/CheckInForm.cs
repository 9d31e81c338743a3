using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Fills the check-in form: with what was typed and not sent, or else with what was saved, or else empty.</summary>
public sealed class CheckInForm(BotDb db, AddressBook book, CardBook cards)
{
    public const string Name = "checkin";

    /// <summary>More names than this nobody looks through.</summary>
    private const int MostNames = 20;
    private const int MaxName = 75;

    public async Task<Form> OpenAsync(RoundInHand week, Invitation invitation, Person person, CancellationToken ct)
    {
        var key = week.Round.Id.ToString();
        var typed = await book.FindDraftAsync(person.Id, new ActionRef(Name, key), ct) ?? await SavedAsync(week.Round.Id, person.Id, ct);
        return Fill(week, invitation, person, typed, await ProbeAsync(week, invitation, ct));
    }

    /// <summary>What this person is asked this week, as it is asked in this loop.</summary>
    public async Task<Probe?> ProbeAsync(RoundInHand week, Invitation invitation, CancellationToken ct)
    {
        var probe = Probe.Find(invitation.Probe);
        return probe is not { Id: Probe.WhoHelps } ? probe : probe.Among(await OthersAsync(week.Loop.Id, invitation.PersonId, ct));
    }

    public Form Fill(RoundInHand week, Invitation invitation, Person person, FormValues typed, Probe? probe)
    {
        // Somebody named last time may have left the loop: a list must not be given a choice it does not have.
        var tapped = probe?.Choices.FirstOrDefault(c => c.Value == typed["probe"])?.Value;
        return cards.FillForm(Name, week.Round.Id.ToString(), "Check-in", new CheckInFormCard(
            week.Round.Id.ToString(),
            week.Initiative.Name,
            Say.Week(week.Round.ReviewDate),
            Say.DayAndTime(week.Round.ReviewAt, person.TimeZone ?? week.Zone),
            invitation.GaveNameless,
            probe?.Question,
            [.. (probe?.Choices ?? []).Select(c => new Choice(c.Value, c.Title))],
            IsOwner(week, invitation),
            Metric(week.Initiative.Metric),
            typed["rating"],
            typed["comment"],
            typed["struggles"],
            typed["struggleText"],
            typed.IsOn("nameless") ? "true" : "false",
            typed["drift"],
            typed["driftSource"],
            typed["driftExample"],
            tapped,
            typed["metric"],
            typed["hours"]));
    }

    /// <summary>The owner is asked two more: the behaviour metric and the hours of support.</summary>
    public static bool IsOwner(RoundInHand week, Invitation invitation) => invitation.Role == Role.Owner || week.Initiative.OwnerId == invitation.PersonId;

    private static string? Metric(BehaviourMetric? metric) => metric is null ? null : metric.Unit is { } unit ? $"{metric.Name} ({unit})" : metric.Name;

    /// <summary>Those who know it best first when there are too many, then by name.</summary>
    private async Task<IReadOnlyList<Choice>> OthersAsync(LoopId loop, PersonId me, CancellationToken ct)
    {
        var others = await (
            from participant in db.Participants
            join person in db.People on participant.PersonId equals person.Id
            where participant.LoopId == loop && participant.LeftAt == null && participant.Role != Role.Observer && person.GoneAt == null && person.Id != me
            orderby participant.Role == Role.Builder || participant.Role == Role.Owner ? 0 : 1, person.Name, person.Id
            select new { person.Id, person.Name }).Take(MostNames).ToListAsync(ct);
        return [.. others.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => new Choice(o.Id.ToString(), Say.Shortened(o.Name, MaxName)))];
    }

    private async Task<FormValues> SavedAsync(RoundId round, PersonId person, CancellationToken ct)
    {
        var answer = await db.Answers.AsNoTracking().Where(a => a.RoundId == round && a.PersonId == person).OrderBy(a => a.Counted).FirstOrDefaultAsync(ct);
        return answer is null ? FormValues.Empty : CheckInFields.ToValues(answer);
    }
}

/// <param name="Key">The round.</param>
/// <param name="GaveNameless">The struggles were given without a name and are not asked again.</param>
/// <param name="Probe">The probe's question, if the person has one this week.</param>
/// <param name="IsOwner">The owner is asked two more.</param>
/// <param name="Metric">The behaviour metric's name with its unit, if the initiative has one.</param>
public sealed record CheckInFormCard(
    string Key,
    string Initiative,
    string Week,
    string Until,
    bool GaveNameless,
    string? Probe,
    IReadOnlyList<Choice> ProbeChoices,
    bool IsOwner,
    string? Metric,
    string? Rating,
    string? Comment,
    string? Struggles,
    string? StruggleText,
    string Nameless,
    string? Drift,
    string? DriftSource,
    string? DriftExample,
    string? ProbeAnswer,
    string? MetricValue,
    string? Hours) : ICardData
{
    public static string Template => "checkin-form";
}
