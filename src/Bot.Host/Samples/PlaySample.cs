using System.Globalization;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using Bot.Web.Playground;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Samples;

/// <summary>
/// Lives the past weeks of a sample initiative with the product itself: in a file of its own and with a clock of its own, through the same
/// door as everybody, so that nothing of it is invented.
/// </summary>
internal sealed class PlaySample(IServiceProvider product, SampleClock clock, SampleStory story)
{
    private readonly Conversation _channel = new(story.Channel, ConversationKind.Channel, story.Channel);
    private int _delivery;

    /// <summary>Starts the loop and lives one week per week of the story, up to the last review before now.</summary>
    public async Task LiveAsync(IReadOnlyList<ChatPerson> people, CancellationToken ct)
    {
        await HearAsync(new MembersChanged(Next(), PlaygroundPlatform.Workspace, _channel, people, []), ct);
        var loop = await StartAsync(people, ct);
        foreach (var week in story.Weeks)
        {
            var round = await UseAsync(db => db.Rounds.AsNoTracking().SingleAsync(r => r.LoopId == loop && r.State == RoundState.Planned, ct));
            await MoveToAsync(round.OpensAt, ct);
            foreach (var answer in week.Answers)
            {
                await SendAsync(answer.Who, new ActionRef(CheckInForm.Name, round.Id.ToString()), Typed(answer), ct);
            }

            await MoveToAsync(round.ReviewAt, ct);
            if (week.Held)
            {
                await ReviewAsync(week, round, ct);
            }

            await MoveToAsync(round.ReviewAt.AddMinutes(31), ct);
        }

        await UseAsync(async db =>
        {
            var initiative = await db.Initiatives.SingleAsync(i => i.Name == story.Initiative, ct);
            initiative.IsSample = true;
            return await db.SaveChangesAsync(ct);
        });
    }

    private async Task<LoopId> StartAsync(IReadOnlyList<ChatPerson> people, CancellationToken ct)
    {
        var ids = await UseAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString(), ct));
        var form = (Reply.OpenForm)await HearAsync(
            new CommandTyped(Next(), PlaygroundPlatform.Workspace, new ChatPerson(story.Owner), _channel, "loop new"), ct);
        await SendAsync(story.Owner, form.Form.Ref, new Dictionary<string, string?>
        {
            ["name"] = story.Initiative,
            ["owner"] = ids[story.Owner],
            ["people"] = string.Join(FormValues.Separator, people.Select(p => ids[p.Id])),
            ["day"] = "Thursday", ["time"] = "10:00", ["zone"] = "Europe/Berlin", ["minutes"] = "30", ["open"] = "24", ["remind"] = "3",
            ["metric"] = story.Metric, ["unit"] = story.Unit, ["baseline"] = story.Baseline, ["target"] = story.Target,
        }, ct);
        return Id.Parse<LoopId>(form.Form.Ref.Key.Split(':')[1])!.Value;
    }

    private async Task ReviewAsync(SampleWeek week, Round round, CancellationToken ct)
    {
        var key = round.Id.ToString();
        await PressAsync(StartReview.Action, key, ct);
        if (week.Result is { } result)
        {
            var last = await UseAsync(db => db.Experiments.OrderByDescending(x => x.Id).FirstAsync(ct));
            await PressAsync(AnswerExperiment.Action, $"{key}:{last.Id}:{result}", ct);
        }

        if (week.Decision is { } decision)
        {
            await FillAsync(RecordDecision.Action, key, new() { ["text"] = decision }, ct);
        }

        var due = round.ReviewDate.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (week.Action is { } action)
        {
            var owner = await UseAsync(db => db.People.Where(p => p.ExternalId == action.Who).Select(p => p.Id).SingleAsync(ct));
            await FillAsync(AddAction.Action, key, new() { ["text"] = action.What, ["owner"] = owner.ToString(), ["due"] = due }, ct);
        }

        if (week.Experiment is { } experiment)
        {
            await FillAsync(SetExperiment.Action, key, new() { ["change"] = experiment.Change, ["expect"] = experiment.Expect, ["by"] = due }, ct);
        }
    }

    private static Dictionary<string, string?> Typed(SampleAnswer answer) => new()
    {
        ["rating"] = answer.Rating?.ToString(CultureInfo.InvariantCulture) ?? "unused",
        ["struggles"] = answer.Struggle ?? "nothing",
        ["struggleText"] = answer.Text,
        ["drift"] = answer.Drift ? "yes" : "no",
        ["driftSource"] = answer.Drift ? "CRM export" : null,
        ["driftExample"] = answer.Drift ? "customer types nobody saw in spring" : null,
        ["metric"] = answer.Metric?.ToString(CultureInfo.InvariantCulture),
    };

    private async Task FillAsync(string action, string key, Dictionary<string, string?> values, CancellationToken ct)
    {
        var form = (Reply.OpenForm)await PressAsync(action, key, ct);
        await SendAsync(story.Owner, form.Form.Ref, values, ct);
    }

    private Task<Reply> PressAsync(string action, string key, CancellationToken ct) => HearAsync(
        new CardAction(Next(), PlaygroundPlatform.Workspace, new ChatPerson(story.Owner), _channel, new ActionRef(action, key), null), ct);

    private async Task SendAsync(string who, ActionRef form, Dictionary<string, string?> typed, CancellationToken ct)
    {
        var values = new FormValues(typed.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)));
        if (await HearAsync(new FormSubmitted(Next(), PlaygroundPlatform.Workspace, new ChatPerson(who), _channel, form, values, null), ct) is Reply.FieldErrors refused)
        {
            throw new InvalidOperationException("The sample does not fit the product any more: " + string.Join("; ", refused.Errors));
        }
    }

    private async Task MoveToAsync(DateTimeOffset target, CancellationToken ct)
    {
        var (next, due) = (product.GetRequiredService<FindUpcoming>(), product.GetRequiredService<DoWhatIsDue>());
        while (await next(ct) is { } step && step.At <= target)
        {
            clock.MoveTo(step.At);
            await due.RunAsync(ct);
            await DeliverAsync(ct);
        }

        clock.MoveTo(target);
        await DeliverAsync(ct);
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        var outbox = product.GetRequiredService<DeliverOutbox>();
        foreach (var lane in await outbox.LanesAsync(ct))
        {
            await outbox.RunAsync(lane, ct);
        }
    }

    private DeliveryId Next() => new($"sample-{story.Channel}-{++_delivery}");

    private Task<Reply> HearAsync(InboundEvent inbound, CancellationToken ct) => product.GetRequiredService<HandleInbound>()(inbound, ct);

    private async Task<T> UseAsync<T>(Func<BotDb, Task<T>> use)
    {
        await using var scope = product.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<BotDb>());
    }
}

/// <summary>A clock that shows what the sample has come to.</summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public void MoveTo(DateTimeOffset instant) => _now = instant > _now ? instant : _now;

    public override DateTimeOffset GetUtcNow() => _now;
}
