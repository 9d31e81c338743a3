using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary><c>/pilot new</c>: puts an initiative into the register, after asking what stopped the earlier ones.</summary>
public sealed class RegisterInitiative(
    BotDb db, InitiativeForm form, EarlierInitiatives earlier, EditInitiative edit, ShowInitiative show, FindInitiative find, AddressBook book,
    RaiseWarnings warnings, Outbox outbox, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler, IFormHandler
{
    public const string Action = "initiative.new";
    private const string NoPlace = "-";

    public async Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var place = asked.In?.Id.ToString() ?? NoPlace;
        var kept = await book.FindDraftAsync(asked.By.Id, InitiativeForm.Name, $"{place}:", ct);
        var draft = arguments.Length == 0 || kept?.Values["name"] == arguments ? kept : null;
        var key = draft?.Key ?? $"{place}:{Id.New<InitiativeId>(clock)}";
        var typed = draft?.Values ?? new FormValues(new Dictionary<string, string> { ["name"] = arguments });
        return new Reply.OpenForm(await form.FillAsync(asked, key, asked.In, null, await earlier.UnfinishedAsync(asked.Workspace.Id, null, ct), typed, ct));
    }

    /// <summary>The button: nothing is named yet.</summary>
    Task<Reply> IActionHandler.HandleAsync(Asked asked, string key, CancellationToken ct) => HandleAsync(asked, "", ct);

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        // A new one's key is "place:initiative": where it was typed, and the id it will have, so that sending twice registers one.
        if (key.Split(':') is not [var place, var made])
        {
            return await edit.ApplyAsync(asked, key, values, ct);
        }

        var channel = await PlaceAsync(asked, place, ct);
        if (Id.Parse<InitiativeId>(made) is not { } id || (channel is null && place != NoPlace))
        {
            return find.Unknown();
        }

        if (await db.Initiatives.AnyAsync(i => i.Id == id, ct))
        {
            return new Reply.Silence();
        }

        var read = new FormReader(values);
        var entry = InitiativeEntry.Read(read, values, await form.NamedAsync(asked, values, null, ct), InitiativeForm.Today(asked, clock.GetUtcNow()), null);
        var answers = await AnswersAsync(asked, read, values, ct);
        if (await ChangeLoop.NameIsTakenAsync(db, asked.Workspace.Id, entry.Name, null, ct))
        {
            read.Fault("name", ChangeLoop.NameTaken["name"]);
        }

        var unfinished = await earlier.UnfinishedAsync(asked.Workspace.Id, null, ct);
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(await form.FillAsync(asked, key, channel, null, unfinished, values, ct), read.Errors);
        }

        db.Obstacles.AddRange(answers);
        var hand = Register(asked, id, entry);
        if (channel is not null)
        {
            outbox.Post(asked.Workspace.Id, $"initiative:{id}", channel.Id,
                cards.Fill(new Notice($"{asked.By.Name} registered {entry.Name} ({entry.Stage.Label()}). The register: `/pilot list`")));
        }

        foreach (var stopped in answers.Select(o => o.InitiativeId).Distinct())
        {
            await warnings.AboutThoseNamingAsync(asked.Workspace.Id, stopped, ct);
        }

        await warnings.AboutAsync(id, channel?.Id, ct);
        return await show.WhisperAsync(asked, hand, channel, [.. Unanswered(unfinished, answers) is { } warning ? [warning] : Array.Empty<string>()], ct);
    }

    private InitiativeInHand Register(Asked asked, InitiativeId id, InitiativeEntry entry)
    {
        var now = clock.GetUtcNow();
        var initiative = new Initiative { Id = id, WorkspaceId = asked.Workspace.Id, Name = entry.Name, Stage = entry.Stage, CreatedAt = now };
        entry.WriteTo(initiative);
        db.Initiatives.Add(initiative);
        db.StageChanges.Add(new StageChange { Id = Id.New<StageChangeId>(clock), InitiativeId = id, To = entry.Stage, By = asked.By.Id, At = now });
        return new InitiativeInHand(initiative, null, null) { RegisteredBy = asked.By.Id };
    }

    /// <summary>The answers about earlier initiatives, whichever the form asked about: one may have moved on while it was being filled.</summary>
    private async Task<List<Obstacle>> AnswersAsync(Asked asked, FormReader read, FormValues typed, CancellationToken ct)
    {
        var ids = typed.All.Keys.Select(About).OfType<InitiativeId>().Distinct().ToList();
        var about = await db.Initiatives.AsNoTracking().Where(i => i.WorkspaceId == asked.Workspace.Id && ids.Contains(i.Id)).ToListAsync(ct);
        return [.. about.Select(i => ObstacleAnswer.Read(read, typed, InitiativeForm.Cause + i.Id, InitiativeForm.Sentence + i.Id)?.Of(i, asked.By.Id, clock)).OfType<Obstacle>()];
    }

    private static InitiativeId? About(string field) =>
        field.StartsWith(InitiativeForm.Cause, StringComparison.Ordinal) ? Id.Parse<InitiativeId>(field[InitiativeForm.Cause.Length..])
        : field.StartsWith(InitiativeForm.Sentence, StringComparison.Ordinal) ? Id.Parse<InitiativeId>(field[InitiativeForm.Sentence.Length..])
        : null;

    /// <summary>Warns, never blocks: those that stopped and about which nobody has said clearly why.</summary>
    private static string? Unanswered(IReadOnlyList<EarlierInitiative> unfinished, List<Obstacle> given)
    {
        var unclear = unfinished
            .Select(e => given.Find(o => o.InitiativeId == e.Initiative.Id) is { } said ? e with { Obstacle = said } : e)
            .Where(e => !e.IsAnswered).Select(e => e.Initiative.Name).ToList();
        return unclear.Count == 0 ? null
            : $"{(unclear.Count == 1 ? "One earlier initiative" : $"{unclear.Count} earlier initiatives")} stopped without a clear answer why: "
                + $"{string.Join(", ", unclear.Take(InitiativeForm.MostEarlier))}{(unclear.Count > InitiativeForm.MostEarlier ? $" and {unclear.Count - InitiativeForm.MostEarlier} more" : "")}. "
                + "If nobody can say, this one may end the same way.";
    }

    /// <summary>A channel of this workspace the person is in; null otherwise.</summary>
    private async Task<Channel?> PlaceAsync(Asked asked, string place, CancellationToken ct) =>
        Id.Parse<ChannelId>(place) is { } id
        && await db.Channels.FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == asked.Workspace.Id, ct) is { } channel
        && (asked.By.IsAdmin || asked.In?.Id == id || await db.ChannelMembers.AnyAsync(m => m.ChannelId == id && m.PersonId == asked.By.Id, ct))
            ? channel : null;
}
