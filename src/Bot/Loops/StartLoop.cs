using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Imports;
using Bot.Initiatives;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot loop</c>: starts a loop in this channel, or opens the settings of the one it has.</summary>
public sealed class StartLoop(BotDb db, FindLoop find, FindInitiative register, LoopForm form, AddressBook book, ChangeLoop change, PlanRounds plan, OfferImport import, RaiseWarnings warnings, Outbox outbox, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler, IFormHandler
{
    public const string Action = "loop.start";
    private const string InAChannel = "A loop lives in a channel: type `/pilot loop` in the channel of the people who use the system.";

    /// <summary>The button on the welcome card, whose key says nothing, the channel it stands in does; or on an initiative's: "initiative:channel".</summary>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var parts = key.Split(':');
        if (Id.Parse<InitiativeId>(parts[0]) is null)
        {
            return await OpenAsync(asked, "", ct);
        }

        var (hand, refusal) = await register.ToSetAsync(asked, parts[0], ct);
        if (hand is null)
        {
            return refusal;
        }

        if (hand.Loop is not null)
        {
            return Notice.Whisper(cards, $"{hand.Initiative.Name} has its loop already: `/pilot loop {hand.Initiative.Name}` opens its settings.");
        }

        var place = parts.Length > 1 ? await ChannelAsync(asked, parts[1], ct) : asked.In;
        return place is null ? Notice.Whisper(cards, InAChannel) : new Reply.OpenForm(await form.AttachAsync(place, $"{place.Id}:{Id.New<LoopId>(clock)}", asked.By, hand.Initiative, ct));
    }

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) => OpenAsync(asked, arguments, ct);

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is { } existing)
        {
            return await change.ApplyAsync(asked, existing, values, ct);
        }

        // A new loop's key is "channel:loop": where it starts, and the id it will have, so that sending twice starts one.
        if (key.Split(':') is not [var place, var made] || Id.Parse<LoopId>(made) is not { } id || await ChannelAsync(asked, place, ct) is not { } channel)
        {
            return find.Unknown();
        }

        if (await db.Loops.AnyAsync(l => l.Id == id, ct))
        {
            return new Reply.Silence();
        }

        var members = await form.PeopleAsync(channel, ct);
        if (LoopSettings.Parse(values, members, null, out var errors) is not { } settings)
        {
            return new Reply.FieldErrors(await form.FillAsync(channel, key, null, values, ct), errors);
        }

        var (registered, nameFault) = await RegisteredAsync(asked, settings.Name, ct);
        if (nameFault is not null)
        {
            return new Reply.FieldErrors(await form.FillAsync(channel, key, null, values, ct), nameFault);
        }

        await StartAsync(asked, channel, id, registered ?? New(asked, settings), settings, ct);
        return new Reply.Silence();
    }

    private async Task<Reply> OpenAsync(Asked asked, string named, CancellationToken ct)
    {
        if (named.Length == 0 && asked.In is { } channel && !await db.Loops.AnyAsync(l => l.ChannelId == channel.Id && l.EndedAt == null, ct))
        {
            return await NewAsync(asked, channel, ct);
        }

        if (named.Equals("new", StringComparison.OrdinalIgnoreCase) && asked.In is { } here)
        {
            return await NewAsync(asked, here, ct);
        }

        if (named.Split(' ', 2, StringSplitOptions.TrimEntries) is [var word, .. var whose] && word.Equals(OfferImport.Word, StringComparison.OrdinalIgnoreCase))
        {
            return await import.AnswerAsync(asked, whose is [var name] ? name : "", ct);
        }

        if (asked.In is null && named.Length == 0 && !await find.SeesAnyAsync(asked, ct))
        {
            return Notice.Whisper(cards, InAChannel);
        }

        return await find.OneAsync(asked, named, async loop => loop.MaySet(asked.By)
            ? new Reply.OpenForm(await form.OfAsync(loop.Channel, loop, ct))
            : await find.NotYoursAsync(loop, ct), ct);
    }

    private async Task<Reply> NewAsync(Asked asked, Channel channel, CancellationToken ct)
    {
        var draft = await book.FindDraftAsync(asked.By.Id, LoopForm.Name, $"{channel.Id}:", ct);
        return new Reply.OpenForm(await form.NewAsync(channel, draft?.Key ?? $"{channel.Id}:{Id.New<LoopId>(clock)}", asked.By, draft?.Values, ct));
    }

    /// <summary>The initiative of this name, if it is registered and waits for a loop that this person may give it.</summary>
    private async Task<(Initiative? Initiative, IReadOnlyDictionary<string, string>? Fault)> RegisteredAsync(Asked asked, string name, CancellationToken ct)
    {
        var names = await db.Initiatives.Where(i => i.WorkspaceId == asked.Workspace.Id).Select(i => new { i.Id, i.Name }).ToListAsync(ct);
        if (names.Find(n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } same
            || await register.ByKeyAsync(asked, same.Id.ToString(), ct) is not { } hand)
        {
            return (null, null);
        }

        return hand.Loop is not null ? (null, ChangeLoop.NameTaken)
            : hand.MaySet(asked.By) ? (hand.Initiative, null)
            : (null, new Dictionary<string, string>
            {
                ["name"] = $"This name is in the register. {await register.WhoMayAsync(hand, ct)} If you mean another initiative, give it another name.",
            });
    }

    private Initiative New(Asked asked, LoopSettings settings)
    {
        var now = clock.GetUtcNow();
        var initiative = new Initiative { Id = Id.New<InitiativeId>(clock), WorkspaceId = asked.Workspace.Id, Name = settings.Name, CreatedAt = now };
        db.Initiatives.Add(initiative);
        db.StageChanges.Add(new StageChange
        {
            Id = Id.New<StageChangeId>(clock), InitiativeId = initiative.Id, To = initiative.Stage, By = asked.By.Id, At = now,
        });
        return initiative;
    }

    private async Task StartAsync(Asked asked, Channel channel, LoopId id, Initiative initiative, LoopSettings settings, CancellationToken ct)
    {
        // What the register says stays; the form fills what is open in it.
        var owner = initiative.OwnerId ??= settings.Owner;
        initiative.Metric ??= settings.Metric;
        var now = clock.GetUtcNow();
        var loop = new Loop
        {
            Id = id, WorkspaceId = asked.Workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, Slot = settings.Slot, StartedAt = now,
            OpenHours = settings.OpenHours, RemindHours = settings.RemindHours, LocalTime = settings.LocalTime,
            Asynchronous = settings.Asynchronous, Facilitation = settings.Facilitation,
        };
        db.Loops.Add(loop);
        var people = settings.People.Append(settings.Owner).Append(owner).Distinct().ToList();
        foreach (var person in people)
        {
            db.Participants.Add(new Participant { LoopId = id, PersonId = person, Role = person == owner ? Role.Owner : Role.User, Since = now });
        }

        var next = await plan.FirstAsync(loop, ct);
        outbox.Post(asked.Workspace.Id, $"loop:{id}", channel.Id, cards.Fill(LoopStartedCard.Of(loop, initiative, next, people.Count, asked.By.Name)));
        await warnings.AboutAsync(initiative.Id, null, ct);
    }

    /// <summary>A channel of this workspace the person is in; null otherwise.</summary>
    private async Task<Channel?> ChannelAsync(Asked asked, string key, CancellationToken ct) =>
        Id.Parse<ChannelId>(key) is { } id && await db.Channels.FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == asked.Workspace.Id, ct) is { } channel
        && await IsThereAsync(asked, channel, ct) ? channel : null;

    private async Task<bool> IsThereAsync(Asked asked, Channel channel, CancellationToken ct) =>
        asked.By.IsAdmin || asked.In?.Id == channel.Id || await db.ChannelMembers.AnyAsync(m => m.ChannelId == channel.Id && m.PersonId == asked.By.Id, ct);
}
