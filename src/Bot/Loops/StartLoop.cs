using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Imports;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Loops;

/// <summary><c>/pilot loop</c>: starts a loop in this channel, or opens the settings of the one it has.</summary>
public sealed class StartLoop(BotDb db, FindLoop find, LoopForm form, AddressBook book, ChangeLoop change, PlanRounds plan, OfferImport import, Outbox outbox, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler, IFormHandler
{
    public const string Action = "loop.start";

    /// <summary>The button on the welcome card; its key says nothing, the channel it stands in does.</summary>
    public Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) => OpenAsync(asked, "", ct);

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) => OpenAsync(asked, arguments, ct);

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is { } existing)
        {
            return await change.ApplyAsync(asked, existing, values, ct);
        }

        // A new loop's key is "channel:loop": where it starts, and the id it will have, so that sending twice starts one.
        if (key.Split(':') is not [var place, var made] || Id.Parse<LoopId>(made) is not { } id || Id.Parse<ChannelId>(place) is not { } channelId
            || await db.Channels.FirstOrDefaultAsync(c => c.Id == channelId && c.WorkspaceId == asked.Workspace.Id, ct) is not { } channel
            || !await IsThereAsync(asked, channel, ct))
        {
            return find.Unknown();
        }

        if (await db.Loops.AnyAsync(l => l.Id == id, ct))
        {
            return new Reply.Silence();
        }

        var members = await form.PeopleAsync(channel, ct);
        if (LoopSettings.Parse(values, members, out var errors) is not { } settings)
        {
            return new Reply.FieldErrors(await form.FillAsync(channel, key, null, values, ct), errors);
        }

        if (await ChangeLoop.NameIsTakenAsync(db, asked.Workspace.Id, settings.Name, null, ct))
        {
            return new Reply.FieldErrors(await form.FillAsync(channel, key, null, values, ct), ChangeLoop.NameTaken);
        }

        await StartAsync(asked, channel, id, settings, ct);
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
            return Notice.Whisper(cards, "A loop lives in a channel: type `/pilot loop` in the channel of the people who use the system.");
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

    private async Task StartAsync(Asked asked, Channel channel, LoopId id, LoopSettings settings, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var initiative = new Initiative
        {
            Id = Id.New<InitiativeId>(clock), WorkspaceId = asked.Workspace.Id, Name = settings.Name, OwnerId = settings.Owner, Metric = settings.Metric, CreatedAt = now,
        };
        var loop = new Loop
        {
            Id = id, WorkspaceId = asked.Workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, Slot = settings.Slot, StartedAt = now,
            OpenHours = settings.OpenHours, RemindHours = settings.RemindHours, LocalTime = settings.LocalTime,
            Asynchronous = settings.Asynchronous, Facilitation = settings.Facilitation,
        };
        db.Initiatives.Add(initiative);
        db.Loops.Add(loop);
        foreach (var person in settings.People.Append(settings.Owner).Distinct())
        {
            db.Participants.Add(new Participant { LoopId = id, PersonId = person, Role = person == settings.Owner ? Role.Owner : Role.User, Since = now });
        }

        var next = await plan.FirstAsync(loop, ct);
        outbox.Post(asked.Workspace.Id, $"loop:{id}", channel.Id, cards.Fill(LoopStartedCard.Of(loop, initiative, next, settings.People.Append(settings.Owner).Distinct().Count(), asked.By.Name)));
    }

    private async Task<bool> IsThereAsync(Asked asked, Channel channel, CancellationToken ct) =>
        asked.By.IsAdmin || asked.In?.Id == channel.Id || await db.ChannelMembers.AnyAsync(m => m.ChannelId == channel.Id && m.PersonId == asked.By.Id, ct);
}
