using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Evidence;

/// <summary><c>/pilot evidence</c>: with which keys monitors send evidence, and how to send it; for the owner.</summary>
public sealed class ShowEvidence(BotDb db, FindInitiative find, ILinks links, CardBook cards, TimeProvider clock) : ICommandHandler
{
    private const int MostRevoked = 5;

    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) => find.OneAsync(
        asked, arguments, async initiative => initiative.MaySet(asked.By)
            ? new Reply.Whisper(await CardAsync(asked, initiative, ct))
            : await find.NotYoursAsync(initiative, ct), ct);

    public async Task<Card> CardAsync(Asked asked, InitiativeInHand of, CancellationToken ct)
    {
        var id = of.Initiative.Id;
        await db.EvidenceKeys.Where(k => k.InitiativeId == id).LoadAsync(ct);
        // What was revoked in this turn is not saved yet.
        var keys = db.EvidenceKeys.Local.Where(k => k.InitiativeId == id).OrderBy(k => k.Id.Value).ToList();
        var makers = keys.Select(k => k.CreatedBy).ToList();
        var names = await db.People.Where(p => makers.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var shown = keys.Where(k => k.RevokedAt is null).Concat(keys.Where(k => k.RevokedAt is not null).OrderByDescending(k => k.RevokedAt).Take(MostRevoked)).ToList();
        var active = keys.Count(k => k.RevokedAt is null);
        var metric = of.Initiative.Metric;
        return cards.Fill(new EvidenceCard(
            id.ToString(),
            of.Initiative.Name,
            [.. shown.Select(k => KeyLine.Of(k, names.GetValueOrDefault(k.CreatedBy), Zone(asked, of), clock.GetUtcNow()))],
            active,
            active < MakeEvidenceKey.Most,
            metric?.Name,
            metric is null ? null : MetricSeries.Of(metric.Name),
            Example(links.Evidence(id), metric, MakeEvidenceKey.Placeholder, clock.GetUtcNow())));
    }

    /// <summary>One line to try it with.</summary>
    public static string Example(Uri address, BehaviourMetric? metric, string secret, DateTimeOffset now) =>
        $"curl {address.AbsoluteUri} -H 'Authorization: Bearer {secret}' -H 'Content-Type: application/json' "
        + $"-d '{{\"series\":\"{(metric is null ? "drift_share" : MetricSeries.Of(metric.Name))}\",\"value\":0.1,\"at\":\"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"}}'";

    private static string Zone(Asked asked, InitiativeInHand of) => asked.By.TimeZone ?? of.Loop?.Slot.Zone ?? WeeklySlot.Default.Zone;
}

/// <param name="Key">The initiative.</param>
/// <param name="Keys">Those in use, then the last ones revoked.</param>
/// <param name="Active">How many are in use.</param>
/// <param name="Metric">The behaviour metric's name, if there is one.</param>
/// <param name="Series">The series that fills it.</param>
public sealed record EvidenceCard(
    string Key, string Initiative, IReadOnlyList<KeyLine> Keys, int Active, bool MayMake, string? Metric, string? Series, string Example) : ICardData
{
    public static string Template => "evidence";
}

/// <param name="Made">"made 12 Nov by Ana".</param>
/// <param name="Used">"last used Thu 10:00 (Berlin)", "never used" or "revoked 20 Nov".</param>
public sealed record KeyLine(string Key, string Label, string Made, string Used, bool Revoked)
{
    public static KeyLine Of(EvidenceKey key, string? maker, string zone, DateTimeOffset now)
    {
        return new KeyLine(
            key.Id.ToString(), key.Label, $"made {Date(key.CreatedAt)}" + (maker is null ? "" : $" by {maker}"),
            key.RevokedAt is { } revoked ? $"revoked {Date(revoked)}" : key.LastUsedAt is { } used ? $"last used {Date(used)}, {WeeklySlot.In(used, zone):HH:mm} ({Say.City(zone)})" : "never used",
            key.RevokedAt is not null);

        string Date(DateTimeOffset instant) => Say.Date(WeeklySlot.DateIn(instant, zone), WeeklySlot.DateIn(now, zone));
    }
}
