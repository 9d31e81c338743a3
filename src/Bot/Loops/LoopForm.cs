using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary>The settings of a loop as a form: filled from the loop, from what was typed, or with the defaults.</summary>
public sealed class LoopForm(BotDb db, CardBook cards)
{
    public const string Name = "loop";
    private const int MostWaiting = 5;

    public async Task<Form> OfAsync(Channel channel, LoopInHand loop, CancellationToken ct)
    {
        var members = await db.Participants.Where(p => p.LoopId == loop.Loop.Id && p.LeftAt == null).Select(p => p.PersonId).ToListAsync(ct);
        var (slot, metric) = (loop.Loop.Slot, loop.Initiative.Metric);
        return await FillAsync(channel, loop.Loop.Id.ToString(), loop, new FormValues(new Dictionary<string, string?>
        {
            ["name"] = loop.Initiative.Name,
            ["owner"] = loop.Initiative.OwnerId?.ToString(),
            ["people"] = string.Join(FormValues.Separator, members),
            ["day"] = slot.Day.ToString(),
            ["time"] = slot.Time.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["zone"] = slot.Zone,
            ["minutes"] = slot.Minutes.ToString(CultureInfo.InvariantCulture),
            ["open"] = loop.Loop.OpenHours.ToString(CultureInfo.InvariantCulture),
            ["remind"] = loop.Loop.RemindHours.ToString(CultureInfo.InvariantCulture),
            ["localTime"] = loop.Loop.LocalTime ? "true" : "false",
            ["async"] = loop.Loop.Asynchronous ? "true" : "false",
            ["rotate"] = loop.Loop.Facilitation == Facilitation.Rotating ? "true" : "false",
            ["metric"] = metric?.Name,
            ["unit"] = metric?.Unit,
            ["baseline"] = metric?.Baseline?.ToString(CultureInfo.InvariantCulture),
            ["target"] = metric?.Target?.ToString(CultureInfo.InvariantCulture),
        }.Where(v => v.Value is not null)!), ct);
    }

    /// <summary>For a new loop: everybody in the channel, the owner is whoever starts it, the slot is the usual one in their zone.</summary>
    public async Task<Form> NewAsync(Channel channel, string key, Person by, FormValues? draft, CancellationToken ct)
    {
        var usual = WeeklySlot.Default;
        var people = await PeopleAsync(channel, ct);
        return await FillAsync(channel, key, null, draft ?? new FormValues(Usual(people, by, usual)), ct);
    }

    /// <summary>For a registered initiative that has no loop: as for a new loop, with what the register says.</summary>
    public async Task<Form> AttachAsync(Channel channel, string key, Person by, Initiative initiative, CancellationToken ct)
    {
        var people = await PeopleAsync(channel, ct);
        var values = Usual(people, by, WeeklySlot.Default);
        values["name"] = initiative.Name;
        var owner = initiative.OwnerId?.ToString();
        values["owner"] = people.Any(p => p.Value == owner) ? owner! : values["owner"];
        values["metric"] = initiative.Metric?.Name ?? "";
        values["unit"] = initiative.Metric?.Unit ?? "";
        values["baseline"] = initiative.Metric?.Baseline?.ToString(CultureInfo.InvariantCulture) ?? "";
        values["target"] = initiative.Metric?.Target?.ToString(CultureInfo.InvariantCulture) ?? "";
        return await FillAsync(channel, key, null, new FormValues(values), ct);
    }

    public async Task<Form> FillAsync(Channel channel, string key, LoopInHand? loop, FormValues typed, CancellationToken ct) =>
        cards.FillForm(Name, key, loop is null ? "Start a loop" : "Loop settings", new LoopFormCard(
            key, loop is null, channel.Label, loop is null ? await WaitingAsync(channel, ct) : null, await PeopleAsync(channel, ct),
            typed["name"], typed["owner"], typed["people"], typed["day"], typed["time"], typed["zone"], typed["minutes"], typed["open"], typed["remind"],
            OnOff(typed, "localTime"), OnOff(typed, "async"), OnOff(typed, "rotate"),
            typed["metric"], typed["unit"], typed["baseline"], typed["target"]));

    public async Task<IReadOnlyList<Choice>> PeopleAsync(Channel channel, CancellationToken ct) =>
        await db.ChannelMembers.Where(m => m.ChannelId == channel.Id)
            .Join(db.People.Where(p => p.GoneAt == null), m => m.PersonId, p => p.Id, (_, person) => person)
            .OrderBy(p => p.Name).Take(Choice.Most).Select(p => new Choice(p.Id.ToString(), p.Name)).ToListAsync(ct);

    private static Dictionary<string, string> Usual(IReadOnlyList<Choice> people, Person by, WeeklySlot usual) => new()
    {
        ["owner"] = by.Id.ToString(),
        ["people"] = string.Join(FormValues.Separator, people.Select(p => p.Value)),
        ["day"] = usual.Day.ToString(),
        ["time"] = usual.Time.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["zone"] = by.TimeZone ?? usual.Zone,
        ["minutes"] = "30",
        ["open"] = "24",
        ["remind"] = "3",
    };

    /// <summary>Registered initiatives without a loop, by name; null when there are none.</summary>
    private async Task<string?> WaitingAsync(Channel channel, CancellationToken ct)
    {
        var waiting = db.Initiatives.Where(i => i.WorkspaceId == channel.WorkspaceId && i.Stage != Stage.Retired
            && !db.Loops.Any(l => l.InitiativeId == i.Id && l.EndedAt == null)).OrderByDescending(i => i.CreatedAt).Select(i => i.Name);
        var names = await waiting.Take(MostWaiting).ToListAsync(ct);
        var more = names.Count < MostWaiting ? 0 : await waiting.CountAsync(ct) - names.Count;
        return names.Count == 0 ? null : string.Join(", ", names) + (more > 0 ? $" and {more} more" : "");
    }

    private static string OnOff(FormValues typed, string field) => typed.IsOn(field) ? "true" : "false";
}

/// <param name="Key">The loop; of a new one, the id it will have.</param>
/// <param name="Waiting">Registered initiatives that have no loop yet.</param>
public sealed record LoopFormCard(
    string Key,
    bool IsNew,
    string Channel,
    string? Waiting,
    IReadOnlyList<Choice> Members,
    string? Name,
    string? Owner,
    string? People,
    string? Day,
    string? Time,
    string? Zone,
    string? Minutes,
    string? Open,
    string? Remind,
    string LocalTime,
    string Async,
    string Rotate,
    string? Metric,
    string? Unit,
    string? Baseline,
    string? Target) : ICardData
{
    public static string Template => "loop-form";
}
