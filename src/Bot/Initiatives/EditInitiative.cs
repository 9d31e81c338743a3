using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>Opens the register entry of an initiative again and takes what was changed in it.</summary>
public sealed class EditInitiative(BotDb db, FindInitiative find, InitiativeForm form, ShowInitiative show, AddressBook book, RaiseWarnings warnings, TimeProvider clock) : IActionHandler
{
    public const string Action = "initiative.edit";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (hand, refusal) = await find.ToSetAsync(asked, key, ct);
        if (hand is null)
        {
            return refusal;
        }

        var id = hand.Initiative.Id.ToString();
        var draft = await book.FindDraftAsync(asked.By.Id, new ActionRef(InitiativeForm.Name, id), ct);
        return new Reply.OpenForm(await form.FillAsync(asked, id, hand.Channel ?? asked.In, hand.Initiative, [], draft ?? InitiativeForm.Typed(hand.Initiative), ct));
    }

    public async Task<Reply> ApplyAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (hand, refusal) = await find.ToSetAsync(asked, key, ct);
        if (hand is null)
        {
            return refusal;
        }

        var it = hand.Initiative;
        var read = new FormReader(values);
        var entry = InitiativeEntry.Read(read, values, await form.NamedAsync(asked, values, it, ct), InitiativeForm.Today(asked, clock.GetUtcNow()), it.PlannedEnd);
        if (await ChangeLoop.NameIsTakenAsync(db, asked.Workspace.Id, entry.Name, it.Id, ct))
        {
            read.Fault("name", ChangeLoop.NameTaken["name"]);
        }

        if (!read.IsFine)
        {
            return new Reply.FieldErrors(await form.FillAsync(asked, key, hand.Channel ?? asked.In, it, [], values, ct), read.Errors);
        }

        if (hand.Loop is { } loop && it.OwnerId != entry.Owner)
        {
            await PassOnAsync(loop, entry.Owner, ct);
        }

        entry.WriteTo(it);
        await warnings.AboutAsync(it.Id, null, ct);
        return await show.WhisperAsync(asked, hand, hand.Channel ?? asked.In, [], ct);
    }

    /// <summary>In the running loop too: who was the owner takes part as a user, the new one as its owner.</summary>
    private async Task PassOnAsync(Loop loop, PersonId? owner, CancellationToken ct)
    {
        foreach (var before in await db.Participants.Where(p => p.LoopId == loop.Id && p.Role == Role.Owner).ToListAsync(ct))
        {
            before.Role = Role.User;
        }

        if (owner is not { } id)
        {
            return;
        }

        if (await db.Participants.FindAsync([loop.Id, id], ct) is { } known)
        {
            (known.Role, known.LeftAt) = (Role.Owner, null);
        }
        else
        {
            db.Participants.Add(new Participant { LoopId = loop.Id, PersonId = id, Role = Role.Owner, Since = clock.GetUtcNow() });
        }
    }
}
