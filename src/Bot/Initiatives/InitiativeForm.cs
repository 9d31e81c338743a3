using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>The register entry of an initiative as a form: filled from the register, from what was typed, or empty.</summary>
public sealed class InitiativeForm(BotDb db, CardBook cards)
{
    public const string Name = "initiative";

    /// <summary>How many earlier initiatives a form asks about.</summary>
    public const int MostEarlier = 5;

    /// <summary>A field of an earlier initiative's answer; its id follows.</summary>
    public const string Cause = "cause";
    public const string Sentence = "sentence";

    /// <param name="key">Of a new one "place:initiative", of a known one the initiative.</param>
    /// <param name="near">The channel whose people come first; null where none is known.</param>
    /// <param name="known">Null for a new one.</param>
    public async Task<Form> FillAsync(
        Asked asked, string key, Channel? near, Initiative? known, IReadOnlyList<EarlierInitiative> earlier, FormValues typed, CancellationToken ct)
    {
        var people = await PeopleAsync(asked, near, [Id.Parse<PersonId>(typed["owner"]), Id.Parse<PersonId>(typed["builder"])], ct);
        var read = new FormReader(typed);
        var note = OpenItems.BudgetNote(read.Number("cost", 0, double.MaxValue, ""), read.Number("budget", 0, double.MaxValue, ""));
        return cards.FillForm(Name, key, known is null ? "Register an initiative" : "Edit the initiative", new InitiativeFormCard(
            key, known is null, people, [.. earlier.Take(MostEarlier).Select(e => Line(e, typed))], Math.Max(0, earlier.Count - MostEarlier),
            typed["name"], typed["stage"] ?? nameof(Stage.Pilot), typed["capability"], typed["behaviourChange"], typed["userGroup"], typed["timeframe"],
            Among(people, typed["owner"]), Among(people, typed["builder"]), typed["metric"], typed["unit"], typed["baseline"], typed["target"],
            typed["better"] is { } better && Enum.TryParse<Direction>(better, out _) ? better : "auto",
            typed["cost"], typed["budget"], note, typed["source"], typed["changes"], typed["doesNot"], typed["plannedEnd"]));
    }

    /// <summary>As it stands in the register.</summary>
    public static FormValues Typed(Initiative it) => new(new Dictionary<string, string?>
    {
        ["name"] = it.Name,
        ["capability"] = it.Outcome.Capability,
        ["behaviourChange"] = it.Outcome.BehaviourChange,
        ["userGroup"] = it.Outcome.UserGroup,
        ["timeframe"] = it.Outcome.Timeframe,
        ["owner"] = it.OwnerId?.ToString(),
        ["builder"] = it.BuilderId?.ToString(),
        ["metric"] = it.Metric?.Name,
        ["unit"] = it.Metric?.Unit,
        ["baseline"] = Text(it.Metric?.Baseline),
        ["target"] = Text(it.Metric?.Target),
        ["better"] = it.Metric?.Wanted?.ToString(),
        ["cost"] = Text(it.PilotCost),
        ["budget"] = Text(it.DeploymentBudget),
        ["source"] = it.TrustedSource,
        ["changes"] = it.WhatChanges,
        ["doesNot"] = it.WhatDoesNot,
        ["plannedEnd"] = it.PlannedEnd?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    }.Where(v => v.Value is not null)!);

    /// <summary>Which of the people named on the form are there to be named: of this workspace, and not gone unless they are in the register already.</summary>
    public async Task<IReadOnlySet<PersonId>> NamedAsync(Asked asked, FormValues typed, Initiative? known, CancellationToken ct)
    {
        var named = new[] { Id.Parse<PersonId>(typed["owner"]), Id.Parse<PersonId>(typed["builder"]) }.OfType<PersonId>().ToList();
        var (owner, builder) = (known?.OwnerId, known?.BuilderId);
        return await db.People.Where(p => p.WorkspaceId == asked.Workspace.Id && named.Contains(p.Id) && (p.GoneAt == null || p.Id == owner || p.Id == builder))
            .Select(p => p.Id).ToHashSetAsync(ct);
    }

    public static DateOnly Today(Asked asked, DateTimeOffset now) => WeeklySlot.DateIn(now, asked.By.TimeZone ?? WeeklySlot.Default.Zone);

    /// <summary>Those who are chosen and the asker first, so that they are in the list however long it is; then the channel's, or all the asker shares a channel with.</summary>
    private async Task<IReadOnlyList<Choice>> PeopleAsync(Asked asked, Channel? near, PersonId?[] chosen, CancellationToken ct)
    {
        var always = chosen.OfType<PersonId>().Append(asked.By.Id).ToList();
        var (me, workspace, channel) = (asked.By.Id, asked.Workspace.Id, near?.Id);
        var there = db.ChannelMembers.Where(m => channel == null
            ? db.ChannelMembers.Any(mine => mine.ChannelId == m.ChannelId && mine.PersonId == me)
            : m.ChannelId == channel).Select(m => m.PersonId);
        var people = await db.People.AsNoTracking()
            .Where(p => p.WorkspaceId == workspace && (always.Contains(p.Id) || (p.GoneAt == null && there.Contains(p.Id))))
            .OrderByDescending(p => always.Contains(p.Id)).ThenBy(p => p.Name).Take(Choice.Most - 1)
            .Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [new Choice(InitiativeEntry.Nobody, "still open"), .. people.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(p => new Choice(p.Id.ToString(), Say.Shortened(p.Name, 70)))];
    }

    private static EarlierLine Line(EarlierInitiative earlier, FormValues typed)
    {
        var key = earlier.Initiative.Id.ToString();
        return new EarlierLine(
            key, earlier.Initiative.Name, earlier.InWords, earlier.Obstacle?.InWords(), earlier.IsAnswered,
            Enum.GetNames<Cause>().Contains(typed[Cause + key]) ? typed[Cause + key] : null, typed[Sentence + key]);
    }

    private static string Among(IReadOnlyList<Choice> people, string? person) => people.Any(p => p.Value == person) ? person! : InitiativeEntry.Nobody;

    private static string? Text(double? number) => number?.ToString("0.##########", CultureInfo.InvariantCulture);
}

/// <param name="Earlier">Initiatives that did not reach production; asked about before the rest.</param>
/// <param name="MoreEarlier">How many of them are not on the form.</param>
/// <param name="Better">"Up", "Down", or "auto": as target and baseline say.</param>
/// <param name="Note">Said beside the two amounts.</param>
public sealed record InitiativeFormCard(
    string Key,
    bool IsNew,
    IReadOnlyList<Choice> People,
    IReadOnlyList<EarlierLine> Earlier,
    int MoreEarlier,
    string? Name,
    string Stage,
    string? Capability,
    string? BehaviourChange,
    string? UserGroup,
    string? Timeframe,
    string Owner,
    string Builder,
    string? Metric,
    string? Unit,
    string? Baseline,
    string? Target,
    string Better,
    string? Cost,
    string? Budget,
    string? Note,
    string? Source,
    string? Changes,
    string? DoesNot,
    string? PlannedEnd) : ICardData
{
    public static string Template => "initiative-form";
}

/// <param name="Key">The initiative.</param>
/// <param name="When">Since when it has stopped, in words.</param>
/// <param name="Recorded">The newest answer, verbatim.</param>
/// <param name="Answered">That answer is clear: it is shown instead of asked again.</param>
public sealed record EarlierLine(string Key, string Name, string When, string? Recorded, bool Answered, string? Cause, string? Sentence);
