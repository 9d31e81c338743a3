using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>Somebody at a Slack client: does what the client lets people do, and sees what it shows.</summary>
public sealed class Person
{
    /// <summary>Where to type to be in the direct chat with the app.</summary>
    public const string App = "@app";

    private readonly Events _events;
    private readonly ResponseUrls _responses;
    private readonly ViewStacks _stacks;

    internal Person(SlackWorld world, Workspace workspace, Member member, Courier courier, Events events, Payloads payloads, ResponseUrls responses, ViewStacks stacks)
    {
        (World, Workspace, Member, Courier, Payloads) = (world, workspace, member, courier, payloads);
        (_events, _responses, _stacks) = (events, responses, stacks);
    }

    public Workspace Workspace { get; }

    public Member Member { get; }

    public string Id => Member.Id;

    /// <summary>The modal they have before them; null when none is open.</summary>
    public Window? Window
    {
        get
        {
            lock (World.Gate)
            {
                return Top();
            }
        }
    }

    internal SlackWorld World { get; }

    internal Courier Courier { get; }

    internal Payloads Payloads { get; }

    /// <summary>Types a slash command.</summary>
    /// <param name="where">#name, an id, or <see cref="App"/>.</param>
    /// <param name="line">The command with its words; @name and #name in it are mentions.</param>
    public async Task<Delivery> TypeAsync(string where, string line)
    {
        var (command, text) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (line[..space], line[(space + 1)..]) : (line, "");
        Channel channel;
        JsonObject payload;
        lock (World.Gate)
        {
            MustHaveNoWindow();
            if (!World.App.Commands.Contains(command) || World.InstalledIn(Workspace) is null)
            {
                throw new ImpossibleException($"{command} is no command here; Slack tells the person so and nobody else.");
            }

            channel = Find(where);
            payload = Payloads.Command(channel, Member, command, World.App.EscapesMentions ? Mentions.Escape(text, Workspace) : text);
        }

        var delivery = await Courier.DeliverAsync(DeliveryKind.SlashCommand, payload);
        TakeReply(delivery, channel, line);
        return delivery;
    }

    /// <summary>Says something in a conversation.</summary>
    /// <returns>Null when the app is not told: it hears its own chats and where it is mentioned.</returns>
    public async Task<Delivery?> SayAsync(string where, string text, string? threadTs = null)
    {
        JsonObject what;
        Channel channel;
        bool isMention;
        lock (World.Gate)
        {
            MustHaveNoWindow();
            channel = Find(where);
            var said = new Message(World.Ids.Ts(), channel, Id) { Text = Mentions.Escape(text, Workspace), ThreadTs = threadTs };
            channel.Messages.Add(said);
            isMention = World.InstalledIn(Workspace) is { } installed && said.Text.Contains($"<@{installed.BotUserId}", StringComparison.Ordinal);
            what = said.Show(Workspace.Id, World.App.Id);
            what["channel"] = channel.Id;
            what["event_ts"] = said.Ts;
        }

        World.Pulse();
        if (channel.Kind == ChannelKind.Direct)
        {
            what["channel_type"] = "im";
            return await _events.SendAsync("message.im", Workspace, what);
        }

        what["type"] = "app_mention";
        return isMention ? await _events.SendAsync("app_mention", Workspace, what) : null;
    }

    /// <summary>Presses a button of a message.</summary>
    /// <param name="button">Its words or action id.</param>
    /// <param name="option">Of a menu.</param>
    public Task<Delivery> PressAsync(Message message, string button, string? option = null)
    {
        JsonObject payload;
        lock (World.Gate)
        {
            MustSee(message);
            payload = Payloads.OnMessage(message, Member, Typing.Pressed(Typing.Find(message.Blocks, button, Typing.IsPressed), option, World.Ids.Ts()));
        }

        return ActAsync(payload);
    }

    /// <summary>Types or chooses in a message.</summary>
    /// <returns>Null when the app is not told.</returns>
    public async Task<Delivery?> FillAsync(Message message, string field, params string[] values)
    {
        JsonObject payload;
        lock (World.Gate)
        {
            MustSee(message);
            var element = Typing.Find(message.Blocks, field, found => FormState.IsStateful(found.Type));
            var state = message.TypedBy(Id);
            state.Set(element, Typing.Value(element, values));
            if (!Typing.Dispatches(element))
            {
                return null;
            }

            payload = Payloads.OnMessage(message, Member, Typing.Action(element, state, World.Ids.Ts()));
        }

        return await ActAsync(payload);
    }

    public Task<Delivery> ShortcutAsync(string callbackId)
    {
        MustBeShortcut(callbackId);
        return ActAsync(Payloads.Shortcut(Workspace, Member, callbackId));
    }

    public Task<Delivery> ShortcutAsync(Message message, string callbackId)
    {
        MustBeShortcut(callbackId);
        lock (World.Gate)
        {
            MustSee(message);
        }

        return ActAsync(Payloads.MessageShortcut(message, Member, callbackId));
    }

    /// <summary>Opens the app's Home tab, and waits until the app has published something there.</summary>
    public async Task<HomeTab> HomeAsync()
    {
        JsonObject opened;
        lock (World.Gate)
        {
            MustHaveNoWindow();
            opened = new JsonObject { ["type"] = "app_home_opened", ["user"] = Id, ["channel"] = Find(App).Id, ["tab"] = "home" };
            if (Home() is { } there && World.InstalledIn(Workspace) is { } installed)
            {
                opened["view"] = _stacks.Show(there, installed);
            }
        }

        await _events.SendAsync("app_home_opened", Workspace, opened);
        return new HomeTab(this, await World.UntilAsync($"a Home for {Id}", Home));
    }

    /// <summary>Waits for a modal.</summary>
    /// <param name="title">Null: any.</param>
    public Task<Window> WindowAsync(string? title = null) =>
        World.UntilAsync($"a window {title} for {Id}", () => Top() is { } top && (title is null || top.Title == title) ? top : null);

    /// <summary>What they see in a conversation, the oldest first, what only they see included.</summary>
    public IReadOnlyList<Message> Messages(string where)
    {
        lock (World.Gate)
        {
            return [.. Find(where).Messages.Where(Sees)];
        }
    }

    /// <summary>Waits for a message that says something; the newest one when several do.</summary>
    public Task<Message> SeesAsync(string where, string words) =>
        World.UntilAsync($"\"{words}\" in {where} for {Id}", () => Find(where).Messages.FindLast(message => Sees(message) && message.Words.Contains(words, StringComparison.Ordinal)));

    internal async Task<Delivery> ActAsync(JsonObject payload)
    {
        var delivery = await Courier.DeliverAsync(DeliveryKind.Interaction, payload);
        if (delivery.Ack is Ack.Answered { Body.Length: > 0 } answered && delivery.IsAcknowledged)
        {
            World.Complain($"{payload["type"]} was answered with a body, which does nothing: {answered.Body}");
        }

        return delivery;
    }

    /// <exception cref="ImpossibleException">A modal covers everything else.</exception>
    internal void MustHaveNoWindow()
    {
        if (Top() is { } top)
        {
            throw new ImpossibleException($"The window \"{top.Title}\" is open and covers the rest; close it first.");
        }
    }

    private Window? Top() => World.StackOf(Workspace, Id).LastOrDefault() is { } top ? new Window(this, top, _stacks) : null;

    private View? Home() => World.Homes.GetValueOrDefault((Workspace.Id, Id));

    private bool Sees(Message message) => !message.IsDeleted && (message.OnlyFor is null || message.OnlyFor == Id);

    private Channel Find(string where)
    {
        if (where == App)
        {
            return World.InstalledIn(Workspace) is { } installed ? Workspace.Direct(Id, installed.BotUserId) : throw new ImpossibleException("The app is not installed.");
        }

        return Workspace.FindChannel(where) is { } channel && (channel.Kind == ChannelKind.Public || channel.Members.Contains(Id))
            ? channel
            : throw new ImpossibleException($"{Id} sees no conversation {where}.");
    }

    private void MustSee(Message message)
    {
        MustHaveNoWindow();
        if (!Sees(message))
        {
            throw new ImpossibleException($"{Id} does not see message {message.Ts}.");
        }
    }

    private void MustBeShortcut(string callbackId)
    {
        if (!World.App.Shortcuts.Contains(callbackId))
        {
            throw new ImpossibleException($"The app has no shortcut {callbackId}.");
        }
    }

    private void TakeReply(Delivery delivery, Channel channel, string line)
    {
        if (delivery.Ack is not Ack.Answered { Body.Length: > 0 } answered || !delivery.IsAcknowledged)
        {
            return;
        }

        // Plain text is a message as well.
        var message = answered.Json as JsonObject ?? new JsonObject { ["text"] = answered.Body };
        lock (World.Gate)
        {
            if ((string?)message["response_type"] == "in_channel")
            {
                channel.Messages.Add(new Message(World.Ids.Ts(), channel, Id) { Text = line });
            }

            if (_responses.Say(channel, Id, message) is { } refused)
            {
                World.Complain($"the reply to {line} was not shown: {refused}");
            }
        }

        World.Pulse();
    }
}
