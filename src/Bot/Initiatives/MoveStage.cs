using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Bot.Warnings;

namespace Bot.Initiatives;

/// <summary><c>/pilot stage</c>: moves an initiative on, with a reason; to stalled and retired with what prevented it from reaching production.</summary>
public sealed class MoveStage(BotDb db, FindInitiative find, ShowInitiative show, AddressBook book, RaiseWarnings warnings, Outbox outbox, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler, IFormHandler
{
    public const string Action = "initiative.stage";
    public const string FormName = "stage";
    public const int MaxReason = 300;

    /// <summary>The stage may stand at the end: <c>/pilot stage Churn predictor deploying</c>.</summary>
    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var stage = StageOf(words.LastOrDefault());
        return await find.OneAsync(asked, string.Join(' ', stage is null ? words : words[..^1]), hand => OpenAsync(asked, hand, stage, ct), ct);
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } hand ? await OpenAsync(asked, hand, null, ct) : find.Unknown();

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        // The key is "initiative:change", the id the change will have, so that sending twice moves once.
        if (key.Split(':') is not [var named, var made] || Id.Parse<StageChangeId>(made) is not { } id)
        {
            return find.Unknown();
        }

        var (hand, refusal) = await find.ToSetAsync(asked, named, ct);
        if (hand is null || await db.StageChanges.FindAsync([id], ct) is not null)
        {
            return refusal;
        }

        var it = hand.Initiative;
        var read = new FormReader(values);
        var move = Move.Read(read, values, it, InitiativeForm.Today(asked, clock.GetUtcNow()));
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(key, it, values), read.Errors);
        }

        if (move.To == Stage.Production && OpenItems.ForProduction(it) is { Count: > 0 } missing)
        {
            return await LacksAsync(asked, hand, missing, ", then send the move again: what you typed is kept", ct);
        }

        var reply = Take(asked, hand, id, move);
        await warnings.AboutAsync(it.Id, asked.In?.Id, ct);
        await warnings.AboutThoseNamingAsync(it.WorkspaceId, it.Id, ct);
        return reply;
    }

    private async Task<Reply> OpenAsync(Asked asked, InitiativeInHand hand, Stage? stage, CancellationToken ct)
    {
        if (!hand.MaySet(asked.By))
        {
            return await find.NotYoursAsync(hand, ct);
        }

        if (stage == Stage.Production && OpenItems.ForProduction(hand.Initiative) is { Count: > 0 } missing)
        {
            return await LacksAsync(asked, hand, missing, ", then move it", ct);
        }

        var draft = await book.FindDraftAsync(asked.By.Id, FormName, $"{hand.Initiative.Id}:", ct);
        var typed = new Dictionary<string, string>(draft?.Values.All ?? new Dictionary<string, string>());
        if (stage is { } wanted)
        {
            typed["stage"] = wanted.ToString();
        }

        return new Reply.OpenForm(Fill(draft?.Key ?? $"{hand.Initiative.Id}:{Id.New<StageChangeId>(clock)}", hand.Initiative, new FormValues(typed)));
    }

    /// <summary>The whole entry, where Edit is.</summary>
    private Task<Reply> LacksAsync(Asked asked, InitiativeInHand hand, IReadOnlyList<string> missing, string andThen, CancellationToken ct) =>
        show.WhisperAsync(asked, hand, asked.In, [$"Production needs {string.Join(" and ", missing)}. Fill that in with Edit{andThen}."], ct);

    private Reply Take(Asked asked, InitiativeInHand hand, StageChangeId id, Move move)
    {
        var it = hand.Initiative;
        var from = it.Stage;
        db.StageChanges.Add(new StageChange { Id = id, InitiativeId = it.Id, From = from, To = move.To, Reason = move.Reason, By = asked.By.Id, At = clock.GetUtcNow() });
        (it.Stage, it.PlannedEnd) = (move.To, move.To == Stage.Pilot ? move.PlannedEnd : it.PlannedEnd);
        if (move.Obstacle is { } answer)
        {
            db.Obstacles.Add(answer.Of(it, asked.By.Id, clock));
        }

        if (hand.Channel is { } channel)
        {
            outbox.Post(asked.Workspace.Id, $"stage:{id}", channel.Id, cards.Fill(new StageMovedCard(
                it.Id.ToString(), it.Name, it.IsSample, from.Label(), move.To.Label(), move.Reason, asked.By.Name, move.Obstacle?.Cause.Label())));
        }

        var unclear = move.To is Stage.Stalled or Stage.Retired && move.Obstacle is { IsClear: false } ? $" {ClearAnswer.Meant}" : "";
        var loop = hand.Loop is not null && move.To is Stage.Stalled or Stage.Retired ? " Its weekly loop goes on; `/pilot pause` stops it." : "";
        return Notice.Whisper(cards, $"Saved: {it.Name} moved from {from.Label()} to {move.To.Label()}.{loop}{unclear}");
    }

    private Form Fill(string key, Initiative it, FormValues typed) => cards.FillForm(FormName, key, "Move stage", new StageFormCard(
        key, it.Name, it.Stage.Label(), StageOf(typed["stage"])?.ToString(), typed["reason"],
        Enum.GetNames<Cause>().Contains(typed["cause"]) ? typed["cause"] : null, typed["sentence"], typed["plannedEnd"]));

    private static Stage? StageOf(string? word) =>
        Array.FindIndex(Enum.GetNames<Stage>(), n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? Enum.GetValues<Stage>()[index] : null;

    /// <summary>The stage form, parsed; of use only if the reader found no fault.</summary>
    private sealed record Move(Stage To, string Reason, ObstacleAnswer? Obstacle, DateOnly? PlannedEnd)
    {
        public static Move Read(FormReader read, FormValues typed, Initiative it, DateOnly today)
        {
            var to = StageOf(typed["stage"]);
            var reason = read.Text("reason", MaxReason, "Say why, in a sentence.");
            var obstacle = ObstacleAnswer.Read(read, typed, "cause", "sentence");
            var end = to == Stage.Pilot && typed["plannedEnd"] is not null
                ? read.Date("plannedEnd", today, "Choose the day on which the pilot is meant to end.")
                : it.PlannedEnd >= today ? it.PlannedEnd : null;
            if (to is null || to == it.Stage)
            {
                read.Fault("stage", to is null ? "Choose where it is now." : $"It is in {it.Stage.Label()} already. Choose another stage.");
            }

            // What has been in production did reach it: a reason is enough.
            if (to == Stage.Stalled || (to == Stage.Retired && it.Stage != Stage.Production))
            {
                RequireObstacle(read, typed);
            }

            return new Move(to ?? default, reason, obstacle, end);
        }

        private static void RequireObstacle(FormReader read, FormValues typed)
        {
            if (typed["cause"] is null)
            {
                read.Fault("cause", "Choose what prevented it from reaching production; \"unknown\" if nobody can say.");
            }

            if (typed["sentence"] is null)
            {
                read.Fault("sentence", "Say in one sentence what specifically prevented it.");
            }
        }
    }
}

/// <param name="Key">"initiative:change".</param>
/// <param name="Now">The stage it is in.</param>
public sealed record StageFormCard(string Key, string Initiative, string Now, string? Stage, string? Reason, string? Cause, string? Sentence, string? PlannedEnd) : ICardData
{
    public static string Template => "stage-form";
}

/// <summary>Said in the loop's channel when its initiative moves on.</summary>
/// <param name="Key">The initiative.</param>
/// <param name="Cause">What prevented it from reaching production, by its name in the list; the sentence stays in the register, where its author can delete it.</param>
public sealed record StageMovedCard(string Key, string Initiative, bool IsSample, string From, string To, string Reason, string By, string? Cause) : ICardData
{
    public static string Template => "stage-moved";
}
