using System.Globalization;
using System.Text.Json;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Web.Playground;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Samples;

/// <summary>What the people of one story type, press and send in their channel.</summary>
internal sealed class PlayLoop(PlaySample sample, SampleStory story, LoopId loop)
{
    private readonly Conversation _channel = Place(story);

    /// <summary>Puts the initiative into the register and starts its loop.</summary>
    public static async Task<PlayLoop> StartAsync(PlaySample sample, SampleStory story, IReadOnlyList<ChatPerson> people, CancellationToken ct)
    {
        await sample.HearAsync(id => new MembersChanged(id, PlaygroundPlatform.Workspace, Place(story), people, []), ct);
        var ids = await sample.UseAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString(), ct));
        var typing = new PlayLoop(sample, story, default);
        var register = await typing.TypeAsync("new", ct);
        await typing.SendAsync(story.Owner, register, new(story.Register!)
        {
            ["name"] = story.Initiative, ["stage"] = nameof(Stage.Pilot), ["owner"] = ids[story.Owner], ["builder"] = ids[story.Builder],
        }, ct);
        var form = await typing.TypeAsync("loop new", ct);
        await typing.SendAsync(story.Owner, form, new()
        {
            ["name"] = story.Initiative,
            ["owner"] = ids[story.Owner],
            ["people"] = string.Join(FormValues.Separator, people.Select(p => ids[p.Id])),
            ["day"] = "Thursday", ["time"] = "10:00", ["zone"] = "Europe/Berlin", ["minutes"] = "30", ["open"] = "24", ["remind"] = "3",
            ["metric"] = story.Register["metric"], ["unit"] = story.Register["unit"],
            ["baseline"] = story.Register.GetValueOrDefault("baseline"), ["target"] = story.Register.GetValueOrDefault("target"),
        }, ct);
        return new PlayLoop(sample, story, Id.Parse<LoopId>(form.Key.Split(':')[1])!.Value);
    }

    /// <summary>Goes on after a pause, in time for this week's check-in.</summary>
    public async Task ResumeAsync(int week, CancellationToken ct)
    {
        if (story.Weeks[week].Answers.Count > 0 && await sample.UseAsync(db => db.Loops.AnyAsync(l => l.Id == loop && l.PausedAt != null, ct)))
        {
            await SayAsync("resume", ct);
        }
    }

    public async Task AnswerAsync(int week, CancellationToken ct)
    {
        if (story.Weeks[week] is not { Answers.Count: > 0 } happens)
        {
            return;
        }

        var round = await OpenRoundAsync(ct);
        foreach (var answer in happens.Answers)
        {
            await SendAsync(answer.Who, new ActionRef(CheckInForm.Name, round.Id.ToString()), Typed(answer), ct);
        }

        if (happens.DriftShare is { } share)
        {
            await ReportAsync(share, ct);
        }
    }

    public async Task ReviewAsync(int week, CancellationToken ct)
    {
        if (story.Weeks[week] is not { Answers.Count: > 0, Held: true } happens)
        {
            return;
        }

        var round = await OpenRoundAsync(ct);
        var key = round.Id.ToString();
        await PressAsync(StartReview.Action, key, ct);
        if (happens.Result is { } result)
        {
            var last = await sample.UseAsync(db => db.Experiments.Where(x => x.LoopId == loop).OrderByDescending(x => x.Id).FirstAsync(ct));
            await PressAsync(AnswerExperiment.Action, $"{key}:{last.Id}:{result}", ct);
        }

        if (happens.ActionDone)
        {
            var oldest = await sample.UseAsync(db => db.ActionItems.Where(a => a.LoopId == loop && a.DoneAt == null).OrderBy(a => a.DueOn).FirstAsync(ct));
            await PressAsync(CompleteAction.Action, oldest.Id.ToString(), ct);
        }

        if (happens.Decision is { } decision)
        {
            await FillAsync(RecordDecision.Action, key, new() { ["text"] = decision }, ct);
        }

        var due = round.ReviewDate.AddDays(14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (happens.Action is { } action)
        {
            var owner = await sample.UseAsync(db => db.People.Where(p => p.ExternalId == action.Who).Select(p => p.Id).SingleAsync(ct));
            await FillAsync(AddAction.Action, key, new() { ["text"] = action.What, ["owner"] = owner.ToString(), ["due"] = due }, ct);
        }

        if (happens.Experiment is { } experiment)
        {
            await FillAsync(SetExperiment.Action, key, new() { ["change"] = experiment.Change, ["expect"] = experiment.Expect, ["by"] = due }, ct);
        }
    }

    /// <summary>After the review: another stage, a pause.</summary>
    public async Task MoveOnAsync(int week, CancellationToken ct)
    {
        if (story.Weeks[week].Move is { } move)
        {
            await SendAsync(story.Owner, await TypeAsync("stage", ct), new() { ["stage"] = move.Stage, ["reason"] = move.Reason, ["cause"] = move.Cause, ["sentence"] = move.Sentence }, ct);
        }

        if (story.Weeks[week].Pause is { } why)
        {
            await SayAsync($"pause {why}", ct);
        }
    }

    private static Conversation Place(SampleStory story) => new(story.Channel, ConversationKind.Channel, story.Channel);

    private Task<Round> OpenRoundAsync(CancellationToken ct) =>
        sample.UseAsync(db => db.Rounds.AsNoTracking().SingleAsync(r => r.LoopId == loop && (r.State == RoundState.Collecting || r.State == RoundState.InReview), ct));

    private static Dictionary<string, string?> Typed(SampleAnswer answer) => new()
    {
        ["rating"] = answer.Rating?.ToString(CultureInfo.InvariantCulture) ?? "unused",
        ["struggles"] = answer.Struggle ?? "nothing",
        ["struggleText"] = answer.Text,
        ["drift"] = answer.Drift ? "yes" : "no",
        ["driftSource"] = answer.Drift ? "CRM export" : null,
        ["driftExample"] = answer.Drift ? "customer types nobody saw in spring" : null,
        ["metric"] = answer.Metric?.ToString(CultureInfo.InvariantCulture),
        ["hours"] = answer.Hours?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What a drift report says, read as if it had come over HTTP.</summary>
    private async Task ReportAsync(double share, CancellationToken ct)
    {
        var initiative = await sample.UseAsync(db => db.Loops.Where(l => l.Id == loop).Join(db.Initiatives, l => l.InitiativeId, i => i.Id, (_, i) => i).SingleAsync(ct));
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            metrics = new[] { new { id = "drift", metric_name = "DriftedColumnsCount(drift_share=0.5)", config = new { type = "evidently:metric_v2:DriftedColumnsCount", drift_share = 0.5 }, value = new { count = share * 20, share } } },
            tests = Array.Empty<object>(),
        });
        if (ParseEvidence.From(body, sample.Now) is not EvidenceReading.Read read)
        {
            throw new InvalidOperationException("The sample's report does not fit the product any more.");
        }

        await sample.AskAsync<TakeEvidence, EvidenceTaken>(take => take.TakeAsync(new VerifiedKey(default, initiative.WorkspaceId, initiative.Id), read.Items, ct));
    }

    private async Task FillAsync(string action, string key, Dictionary<string, string?> values, CancellationToken ct)
    {
        var form = (Reply.OpenForm)await PressAsync(action, key, ct);
        await SendAsync(story.Owner, form.Form.Ref, values, ct);
    }

    private Task<Reply> PressAsync(string action, string key, CancellationToken ct) => sample.HearAsync(
        id => new CardAction(id, PlaygroundPlatform.Workspace, new ChatPerson(story.Owner), _channel, new ActionRef(action, key), null), ct);

    private Task<Reply> SayAsync(string text, CancellationToken ct) =>
        sample.HearAsync(id => new CommandTyped(id, PlaygroundPlatform.Workspace, new ChatPerson(story.Owner), _channel, text), ct);

    private async Task<ActionRef> TypeAsync(string text, CancellationToken ct) => ((Reply.OpenForm)await SayAsync(text, ct)).Form.Ref;

    private async Task SendAsync(string who, ActionRef form, Dictionary<string, string?> typed, CancellationToken ct)
    {
        var values = new FormValues(typed.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)));
        if (await sample.HearAsync(id => new FormSubmitted(id, PlaygroundPlatform.Workspace, new ChatPerson(who), _channel, form, values, null), ct) is Reply.FieldErrors refused)
        {
            throw new InvalidOperationException("The sample does not fit the product any more: " + string.Join("; ", refused.Errors));
        }
    }
}
