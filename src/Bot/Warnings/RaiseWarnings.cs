using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>
/// Looks at an initiative with every rule, and lets its warnings open, get worse, or end; what is new or worse is posted in the loop's channel, at
/// most two in a week, the others wait in the list. The caller saves.
/// </summary>
public sealed class RaiseWarnings(BotDb db, ReadWarningFacts read, PostWarning post, PostDigest digest, TimeProvider clock)
{
    public const int MostAWeek = 2;
    private const int MostAtOnce = 50;
    private const string NoZone = "Etc/UTC";
    private static readonly TimeSpan StillMakesSense = TimeSpan.FromHours(48);

    /// <summary>The rules that read the answers about other initiatives.</summary>
    private static readonly string[] AboutEarlier = ["one-more-pilot", "same-wall"];

    /// <summary>After a round has closed. In a step of its own: the week it looks at is saved, and what goes wrong here cannot hold up a digest.</summary>
    public async Task<StepState> DoAsync(RoundInHand week, CancellationToken ct)
    {
        if (week.Round.State != RoundState.Closed || week.Loop.EndedAt is not null)
        {
            return StepState.Dropped;
        }

        if (clock.GetUtcNow() - week.Round.ClosesAt > StillMakesSense)
        {
            return StepState.Missed;
        }

        // An initiative with several loops is followed by its newest one; the others would tell it otherwise every week.
        if ((await LoopAsync(week.Initiative.Id, ct))?.Id != week.Loop.Id)
        {
            return StepState.Dropped;
        }

        if (await AboutAsync(week.Initiative.Id, null, ct))
        {
            // The digest lists what is open, and usually has not left yet.
            await digest.AgainAsync(week, ct);
        }

        return StepState.Done;
    }

    /// <param name="registeredIn">Where an initiative without a loop was registered; null posts nothing about it.</param>
    /// <returns>Whether the list of open ones has changed.</returns>
    public async Task<bool> AboutAsync(InitiativeId id, ChannelId? registeredIn, CancellationToken ct)
    {
        if (await db.Initiatives.FindAsync([id], ct) is not { } initiative)
        {
            return false;
        }

        var loop = await LoopAsync(id, ct);
        var zone = loop?.Slot.Zone ?? NoZone;
        var now = clock.GetUtcNow();
        var monday = WeeklySlot.At(Say.Monday(WeeklySlot.DateIn(now, zone)), TimeOnly.MinValue, zone);
        var findings = AllRules.Look(await read.OfAsync(initiative, loop, ct), await read.ThresholdsAsync(initiative.WorkspaceId, ct));
        await db.Warnings.Where(w => w.InitiativeId == id && (w.State != WarningState.Resolved || w.PostedAt >= monday)).LoadAsync(ct);
        var all = db.Warnings.Local.Where(w => w.InitiativeId == id).ToList();
        var before = OpenOf(all);
        foreach (var warning in all)
        {
            warning.LoopId = loop?.Id ?? warning.LoopId;
            if (WarningLife.Follow(warning, findings.GetValueOrDefault(warning.Rule), now) && warning.PostedLevel > 0)
            {
                await post.AgainAsync(warning, initiative, ct);
            }
        }

        foreach (var (rule, found) in findings.Where(f => !all.Exists(w => w.Rule == f.Key && w.State != WarningState.Resolved)))
        {
            all.Add(Open(initiative, loop, rule, found, now));
        }

        var may = loop is not null ? all : registeredIn is not null ? all.FindAll(w => w.Rule == AboutEarlier[0]) : [];
        foreach (var warning in WarningLife.ToPost(may, monday, MostAWeek))
        {
            await post.NowAsync(warning, initiative, loop?.ChannelId ?? registeredIn!.Value, ct);
        }

        return !before.SequenceEqual(OpenOf(all));
    }

    /// <summary>After somebody said what stopped an initiative, or it moved on: the warnings that name it are looked at again, and quote what is recorded now.</summary>
    public async Task AboutThoseNamingAsync(WorkspaceId workspace, InitiativeId stopped, CancellationToken ct)
    {
        var name = stopped.ToString();
        var naming = await db.Warnings
            .Where(w => w.WorkspaceId == workspace && AboutEarlier.Contains(w.Rule) && w.Evidence.Contains(name))
            .OrderByDescending(w => w.OpenedAt).ToListAsync(ct);
        foreach (var initiative in naming.Where(w => w.State != WarningState.Resolved).Select(w => w.InitiativeId).Distinct().Take(MostAtOnce))
        {
            await AboutAsync(initiative, null, ct);
        }

        foreach (var warning in naming.Where(w => w.PostedLevel > 0))
        {
            await post.AgainAsync(warning, (await db.Initiatives.FindAsync([warning.InitiativeId], ct))!, ct);
        }
    }

    /// <summary>Whether a text answers it, or only what is recorded elsewhere does.</summary>
    public async Task<bool> AsksForFactsAsync(Warning warning, Initiative initiative, CancellationToken ct) =>
        AllRules.Look(await read.OfAsync(initiative, await LoopAsync(initiative.Id, ct), ct), await read.ThresholdsAsync(initiative.WorkspaceId, ct))
            .GetValueOrDefault(warning.Rule)?.AsksForFacts == true;

    private static List<(WarningId, int, string)> OpenOf(List<Warning> all) =>
        [.. all.Where(w => w.State == WarningState.Open).Select(w => (w.Id, w.Level, w.Finding))];

    private Warning Open(Initiative initiative, Loop? loop, string rule, Finding found, DateTimeOffset now)
    {
        var warning = new Warning
        {
            Id = Id.New<WarningId>(clock), WorkspaceId = initiative.WorkspaceId, InitiativeId = initiative.Id, LoopId = loop?.Id, Rule = rule, Level = found.Level,
            Finding = found.Sentence, Evidence = WarningLife.Lines(found.Evidence), OpenedAt = now, ChangedAt = now,
        };
        db.Warnings.Add(warning);
        return warning;
    }

    /// <summary>The newest that runs, a loop started in this turn included.</summary>
    private async Task<Loop?> LoopAsync(InitiativeId id, CancellationToken ct)
    {
        await db.Loops.Where(l => l.InitiativeId == id && l.EndedAt == null).LoadAsync(ct);
        return db.Loops.Local.Where(l => l.InitiativeId == id && l.EndedAt is null).MaxBy(l => (l.StartedAt, l.Id.Value));
    }
}
