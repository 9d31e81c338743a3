using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>Takes an answer to what specifically prevented an initiative from reaching production; anybody in the workspace may know.</summary>
public sealed class AnswerObstacle(BotDb db, FindInitiative find, AddressBook book, RaiseWarnings warnings, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "initiative.obstacle";
    public const string FormName = "obstacle";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is not { } hand)
        {
            return find.Unknown();
        }

        var id = hand.Initiative.Id.ToString();
        var draft = await book.FindDraftAsync(asked.By.Id, new ActionRef(FormName, id), ct);
        return new Reply.OpenForm(Fill(hand.Initiative, await NewestAsync(hand.Initiative.Id, ct), draft ?? FormValues.Empty));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is not { } hand)
        {
            return find.Unknown();
        }

        var it = hand.Initiative;
        var newest = await NewestAsync(it.Id, ct);
        var read = new FormReader(values);
        var answer = ObstacleAnswer.Read(read, values, "cause", "sentence");
        if (answer is null && read.IsFine)
        {
            read.Fault("sentence", "Say in one sentence what specifically prevented it, or choose a cause.");
        }

        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(it, newest, values), read.Errors);
        }

        var obstacle = answer!.Of(it, asked.By.Id, clock);
        if ((newest?.By, newest?.Cause, newest?.Sentence) != (obstacle.By, obstacle.Cause, obstacle.Sentence))
        {
            db.Obstacles.Add(obstacle);
            await warnings.AboutThoseNamingAsync(it.WorkspaceId, it.Id, ct);
        }

        return Notice.Whisper(cards, $"Saved for {it.Name}: {obstacle.InWords()}." + (answer.IsClear ? "" : $" {ClearAnswer.Meant}"));
    }

    private async Task<Obstacle?> NewestAsync(InitiativeId id, CancellationToken ct) =>
        EarlierInitiatives.Newest(await db.Obstacles.AsNoTracking().Where(o => o.InitiativeId == id).ToListAsync(ct));

    private Form Fill(Initiative it, Obstacle? newest, FormValues typed) => cards.FillForm(FormName, it.Id.ToString(), "What prevented it?", new ObstacleFormCard(
        it.Id.ToString(), it.Name, newest?.InWords(), Enum.GetNames<Cause>().Contains(typed["cause"]) ? typed["cause"] : null, typed["sentence"]));
}

/// <param name="Key">The initiative.</param>
/// <param name="Recorded">The newest answer, verbatim.</param>
public sealed record ObstacleFormCard(string Key, string Initiative, string? Recorded, string? Cause, string? Sentence) : ICardData
{
    public static string Template => "obstacle-form";
}
