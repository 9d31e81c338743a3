using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>What came of pressing a modal's submit button.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>The client itself refused; the app was told nothing. By block id.</summary>
    public sealed record HeldBack(IReadOnlyDictionary<string, string> Errors) : Submission;

    /// <summary>The app refused; what was typed stands. By block id.</summary>
    public sealed record FieldErrors(IReadOnlyDictionary<string, string> Errors) : Submission;

    /// <summary>This one closed, the one below shows.</summary>
    public sealed record Closed : Submission;

    /// <summary>Its content was replaced.</summary>
    public sealed record Updated : Submission;

    public sealed record Pushed(Window Window) : Submission;

    /// <summary>All of them closed.</summary>
    public sealed record Cleared : Submission;

    /// <summary>No answer that can be understood: the person reads "We had some trouble connecting", and it stays open.</summary>
    public sealed record Failed(string Why) : Submission;
}

/// <summary>An open modal.</summary>
public sealed class Window : Screen
{
    private readonly ViewStacks _stacks;

    internal Window(Person person, View view, ViewStacks stacks)
        : base(person, view) => _stacks = stacks;

    public bool IsOpen => Read(() => View.IsOpen);

    public string CallbackId => Read(() => (string?)View.Content["callback_id"] ?? "");

    public string PrivateMetadata => Read(() => (string?)View.Content["private_metadata"] ?? "");

    /// <summary>By block id, under the fields.</summary>
    public IReadOnlyDictionary<string, string> Errors => Read(() => new Dictionary<string, string>(View.Errors));

    public async Task<Submission> SubmitAsync()
    {
        JsonObject payload;
        lock (Person.World.Gate)
        {
            MustBeOpen();
            if (View.Content["submit"] is null)
            {
                throw new ImpossibleException($"\"{Title}\" has no button to submit it.");
            }

            if (Typing.HeldBack(View.Blocks, View.State) is { Count: > 0 } held)
            {
                return new Submission.HeldBack(held);
            }

            payload = Person.Payloads.Submission(View, Person.Member);
        }

        var delivery = await Person.Courier.DeliverAsync(DeliveryKind.Interaction, payload);
        try
        {
            lock (Person.World.Gate)
            {
                return Take(delivery);
            }
        }
        finally
        {
            Person.World.Pulse();
        }
    }

    /// <summary>Presses Cancel: this one closes.</summary>
    /// <returns>Null when the app did not ask to be told.</returns>
    public Task<Delivery?> CloseAsync() => CloseAsync(all: false);

    /// <summary>Presses ×: all of them close.</summary>
    /// <returns>Null when the app did not ask to be told.</returns>
    public Task<Delivery?> CloseAllAsync() => CloseAsync(all: true);

    internal override void MustBeOpen()
    {
        if (!View.IsOpen || Person.World.StackOf(View.Workspace, View.UserId).LastOrDefault() != View)
        {
            throw new ImpossibleException(View.IsOpen ? $"Another window is on top of \"{Title}\"." : $"\"{Title}\" is closed.");
        }
    }

    private async Task<Delivery?> CloseAsync(bool all)
    {
        JsonObject? payload;
        lock (Person.World.Gate)
        {
            MustBeOpen();
            var closed = all ? Person.World.StackOf(View.Workspace, View.UserId)[0] : View;
            payload = closed.NotifiesOnClose ? Person.Payloads.Closed(closed, Person.Member, all) : null;
            _stacks.Close(View.Workspace, View.UserId, all || View.ClearsOnClose);
        }

        return payload is null ? null : await Person.Courier.DeliverAsync(DeliveryKind.Interaction, payload);
    }

    private Submission Take(Delivery delivery)
    {
        if (!delivery.IsAcknowledged || delivery.Ack is not Ack.Answered answered)
        {
            return new Submission.Failed(delivery.Ack.ToString());
        }

        if (answered.Body.Length == 0)
        {
            Close(all: false);
            return new Submission.Closed();
        }

        switch ((string?)answered.Json?["response_action"])
        {
            case "errors":
                return TakeErrors(answered.Json["errors"] as JsonObject ?? []);
            case "clear":
                Close(all: true);
                return new Submission.Cleared();
            case "update" or "push" when BlockCheck.View(answered.Json["view"], "modal") is { } wrong:
                return Failed($"the view in its answer is wrong: {wrong.Body.ToJsonString()}");
            case "update":
                return _stacks.Update(View, answered.Json["view"]!.AsObject()) is { Refused: { } taken } ? Failed(taken.Error!) : new Submission.Updated();
            case "push":
                var (pushed, refused) = _stacks.Push(View.Workspace, View.UserId, answered.Json["view"]!.AsObject());
                return pushed is null ? Failed(refused!.Error!) : new Submission.Pushed(new Window(Person, pushed, _stacks));
            default:
                return Failed($"a submission was answered with {answered.Body}");
        }
    }

    private Submission TakeErrors(JsonObject errors)
    {
        var inputs = BlockTree.Elements(View.Blocks).Where(element => element.IsInput).Select(element => element.BlockId).ToHashSet();
        if (errors.Count == 0 || errors.FirstOrDefault(error => !inputs.Contains(error.Key) || error.Value?.GetValueKind() != System.Text.Json.JsonValueKind.String) is { Key: not null })
        {
            return Failed($"errors name blocks that are no inputs of the view, or are no texts: {errors.ToJsonString()}");
        }

        View.Errors.Clear();
        foreach (var (block, error) in errors)
        {
            View.Errors[block] = (string)error!;
        }

        return new Submission.FieldErrors(new Dictionary<string, string>(View.Errors));
    }

    private Submission.Failed Failed(string why)
    {
        Person.World.Complain(why);
        return new Submission.Failed(why);
    }

    private void Close(bool all)
    {
        // It may be gone: an update of the app's own came in between.
        if (View.IsOpen)
        {
            _stacks.Close(View.Workspace, View.UserId, all);
        }
    }
}
