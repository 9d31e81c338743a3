using System.Text.Json;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Home;
using Bot.Initiatives;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Chat;

/// <summary>One inbound event from the inbox to the one save.</summary>
public sealed class Turn(BotDb db, AddressBook book, Presence presence, Catalogue catalogue, UnknownWord unknownWord, IServiceProvider services, Measures measures, TimeProvider clock)
{
    public bool Said { get; private set; }

    public bool ChangedWhatIsDue { get; private set; }

    public async Task<Reply> TakeAsync(InboundEvent inbound, CancellationToken ct)
    {
        await using var open = await db.KeepOpenAsync(ct);
        var workspace = await book.WorkspaceAsync(inbound.Workspace, ct);
        var seen = await db.Inbox.AsNoTracking()
            .FirstOrDefaultAsync(i => i.WorkspaceId == workspace.Id && i.DeliveryId == inbound.Delivery.Value, ct);
        if (seen is not null)
        {
            return JsonSerializer.Deserialize<Reply>(seen.Reply)!;
        }

        var reply = await HandleAsync(inbound, workspace, ct);
        if (db.ChangeTracker.HasChanges())
        {
            Remember(inbound.Delivery, workspace.Id, reply);
        }

        Said = db.ChangeTracker.Entries<OutboxCard>().Any(e => e.State is EntityState.Added or EntityState.Modified);
        ChangedWhatIsDue = db.ChangeTracker.Entries().Any(e => e is { Entity: RoundStep or Workshop, State: EntityState.Added or EntityState.Modified });
        var answered = db.ChangeTracker.Entries<Answer>().Any(e => e.State is EntityState.Added or EntityState.Modified) && inbound is FormSubmitted;
        await db.SaveChangesAsync(ct);
        if (answered)
        {
            measures.Answered();
        }

        return reply;
    }

    /// <summary>
    /// Kept where something changed; a mere question is simply answered again. Forms are never kept: one sent back with errors holds texts
    /// that may be meant without a name.
    /// </summary>
    private void Remember(DeliveryId delivery, WorkspaceId workspace, Reply reply)
    {
        if (reply is Reply.OpenForm or Reply.FieldErrors)
        {
            return;
        }

        db.Inbox.Add(new InboxEntry
        {
            WorkspaceId = workspace,
            DeliveryId = delivery.Value,
            At = clock.GetUtcNow(),
            Reply = JsonSerializer.Serialize(reply is Reply.Whisper { KeptAs: { } kept } ? new Reply.Whisper(kept) : reply),
        });
    }

    private async Task<Reply> HandleAsync(InboundEvent inbound, Workspace workspace, CancellationToken ct)
    {
        presence.Revive(inbound, workspace);
        var person = inbound.By is { } by ? await book.PersonAsync(workspace, by, ct) : null;
        var channel = inbound.In is { } place ? await book.ChannelAsync(workspace, place, ct) : null;
        switch (inbound)
        {
            case CommandTyped typed when person is not null:
                return await CommandAsync(new Asked(workspace, person, channel, null), typed.Text, ct);
            case CardAction pressed when person is not null && catalogue.Action(pressed.Action.Name) is { IsForm: false } action:
                return await Handler<IActionHandler>(action.Handler)
                    .HandleAsync(new Asked(workspace, person, channel, pressed.On), pressed.Action.Key, ct);
            case FormSubmitted sent when person is not null && catalogue.Action(sent.Form.Name) is { IsForm: true } form:
                return await FormAsync(new Asked(workspace, person, channel, sent.On), form, sent, ct);
            case FormClosed closed when person is not null && catalogue.Action(closed.Form.Name) is { IsForm: true }:
                await book.KeepDraftAsync(person.Id, closed.Form, closed.Values, ct);
                return new Reply.Silence();
            case HomeOpened when person is not null:
                return new Reply.ReplaceCard(await services.GetRequiredService<ShowHome>().CardAsync(workspace.Id, person, ct));
            case BotAdded or BotRemoved or MembersChanged or ConversationChanged:
                return await presence.TakeAsync(inbound, workspace, person, channel, ct);
            default:
                // An action of a card from an earlier release, or nobody named: nothing to do, nothing to say.
                return new Reply.Silence();
        }
    }

    private async Task<Reply> CommandAsync(Asked asked, string text, CancellationToken ct)
    {
        var (typed, word, arguments) = catalogue.Read(text);
        return word is not null ? await Handler<ICommandHandler>(word.Handler).HandleAsync(asked, arguments, ct) : unknownWord.Answer(typed);
    }

    private async Task<Reply> FormAsync(Asked asked, ActionName form, FormSubmitted sent, CancellationToken ct)
    {
        var reply = await Handler<IFormHandler>(form.Handler).HandleAsync(asked, sent.Form.Key, sent.Values, ct);
        if (db.ChangeTracker.HasChanges())
        {
            await book.DropDraftAsync(asked.By.Id, sent.Form, ct);
        }
        else
        {
            // Nothing came of it: faults at its fields, or the time for it is over. What was typed is kept.
            await book.KeepDraftAsync(asked.By.Id, sent.Form, sent.Values, ct);
        }

        return reply;
    }

    private THandler Handler<THandler>(Type type)
        where THandler : class => (THandler)services.GetRequiredService(type);
}
