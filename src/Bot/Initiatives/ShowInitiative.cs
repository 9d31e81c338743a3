using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>One entry of the register, whole, with what is still open and what can be done next.</summary>
public sealed class ShowInitiative(BotDb db, CardBook cards, TimeProvider clock)
{
    /// <param name="here">Where a loop would start; null where no channel is known.</param>
    public async Task<Reply> WhisperAsync(Asked asked, InitiativeInHand hand, Channel? here, IEnumerable<string> notes, CancellationToken ct)
    {
        var it = hand.Initiative;
        var now = clock.GetUtcNow();
        var today = InitiativeForm.Today(asked, now);
        var changes = await ChangesAsync(it.Id, ct);
        var since = TimeInStage.Since(it, changes);
        var obstacle = await ObstacleAsync(it.Id, ct);
        var stopped = it.Stage is Stage.Stalled or Stage.Retired || TimeInStage.IsPastItsEnd(it, since, now);
        return new Reply.Whisper(cards.Fill(new InitiativeCard(
            it.Id.ToString(), it.Name, it.IsSample, TimeInStage.InWords(it, since, now),
            await NameAsync(it.OwnerId, ct), await NameAsync(it.BuilderId, ct), it.Outcome.Sentence,
            it.Metric is { } metric ? InWords(metric) : null,
            it.PilotCost is { } cost ? Say.Number(cost) : null, it.DeploymentBudget is { } budget ? Say.Number(budget) : null,
            it.TrustedSource, it.WhatChanges, it.WhatDoesNot, it.PlannedEnd is { } end ? Say.Date(end, today) : null,
            hand.Loop is not null,
            await LastAsync(changes, today, ct),
            obstacle?.InWords(),
            [.. OpenItems.Of(it)],
            [.. notes.Append(OpenItems.BudgetNote(it.PilotCost, it.DeploymentBudget)).OfType<string>()],
            hand.MaySet(asked.By),
            stopped,
            hand.Loop is null && here is not null && hand.MaySet(asked.By) ? $"{it.Id}:{here.Id}" : null)));
    }

    private static string InWords(BehaviourMetric metric)
    {
        var parts = new[]
        {
            metric.Baseline is { } baseline ? $"baseline {Say.Number(baseline)}" : null,
            metric.Target is { } target ? $"target {Say.Number(target)}" : null,
            metric.Better == Direction.Up ? "more is better" : "less is better",
        }.OfType<string>();
        return $"{metric.Name}{(metric.Unit is { } unit ? $" ({unit})" : "")}: {string.Join(", ", parts)}";
    }

    /// <summary>With what this turn has added and not saved yet.</summary>
    private async Task<List<StageChange>> ChangesAsync(InitiativeId id, CancellationToken ct)
    {
        await db.StageChanges.Where(s => s.InitiativeId == id).LoadAsync(ct);
        return [.. db.StageChanges.Local.Where(s => s.InitiativeId == id).OrderBy(s => s.At).ThenBy(s => s.Id.Value)];
    }

    private async Task<Obstacle?> ObstacleAsync(InitiativeId id, CancellationToken ct)
    {
        await db.Obstacles.Where(o => o.InitiativeId == id).LoadAsync(ct);
        return EarlierInitiatives.Newest(db.Obstacles.Local.Where(o => o.InitiativeId == id));
    }

    /// <summary>"moved here from pilot by Ana, 12 Nov: the reason", "registered by Ana, 12 Nov".</summary>
    private async Task<string?> LastAsync(List<StageChange> changes, DateOnly today, CancellationToken ct)
    {
        if (changes.LastOrDefault() is not { } last)
        {
            return null;
        }

        var by = await NameAsync(last.By, ct) is { } name ? $" by {name}" : "";
        return (last.From is { } from ? $"moved from {from.Label()} to {last.To.Label()}" : "registered")
            + $"{by}, {Say.Date(DateOnly.FromDateTime(last.At.UtcDateTime), today)}" + (last.Reason is { } reason ? $": {reason}" : "");
    }

    private async Task<string?> NameAsync(PersonId? person, CancellationToken ct) => person is { } id ? (await db.People.FindAsync([id], ct))?.Name : null;
}

/// <param name="Key">The initiative.</param>
/// <param name="Stage">With the weeks in it.</param>
/// <param name="Outcome">The outcome statement; what is open in it stands in brackets.</param>
/// <param name="Last">The newest stage change, in words.</param>
/// <param name="Obstacle">What prevented it from reaching production, verbatim.</param>
/// <param name="Open">What the register does not say yet.</param>
/// <param name="MayChange">The reader is the owner or an admin.</param>
/// <param name="Stopped">It has not reached production: what prevented it can be answered.</param>
/// <param name="StartKey">"initiative:channel"; null where no loop can start.</param>
public sealed record InitiativeCard(
    string Key,
    string Name,
    bool IsSample,
    string Stage,
    string? Owner,
    string? Builder,
    string Outcome,
    string? Metric,
    string? PilotCost,
    string? DeploymentBudget,
    string? TrustedSource,
    string? WhatChanges,
    string? WhatDoesNot,
    string? PlannedEnd,
    bool HasLoop,
    string? Last,
    string? Obstacle,
    IReadOnlyList<string> Open,
    IReadOnlyList<string> Notes,
    bool MayChange,
    bool Stopped,
    string? StartKey) : ICardData
{
    public static string Template => "initiative";
}
