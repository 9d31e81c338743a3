using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Inbound;
using Bot.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Sockets;

/// <summary>One connection of Socket Mode: reads envelopes and acknowledges each.</summary>
internal sealed partial class SlackSocket(WebSocket socket, TakeSlack take, FollowUps follow, Measures measures, TimeProvider clock, ILogger log) : IDisposable
{
    private const int LongestFrame = 1024 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Underway _underway = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SocketEnd> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _takesNoMore;

    /// <summary>Done when another connection is needed; this one may go on for some seconds.</summary>
    public Task<SocketEnd> Ending => _ending.Task;

    /// <summary>Done when Slack has said hello.</summary>
    public Task Greeted => _greeted.Task;

    /// <summary>Until the connection closes, and then until everything it brought is acknowledged.</summary>
    public async Task ReadAsync()
    {
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent && await FrameAsync() is { } frame)
            {
                Take(frame);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            LogEnded(ended);
        }

        _ending.TrySetResult(SocketEnd.Lost);
        await _underway.AllAsync();
    }

    /// <summary>Takes in nothing more, acknowledges what it has, and says goodbye; what comes meanwhile is left to the other connections.</summary>
    public async Task CloseAsync()
    {
        _takesNoMore = true;
        using var patience = new CancellationTokenSource(Farewell, clock);
        try
        {
            await _underway.AllAsync().WaitAsync(patience.Token);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            LogEnded(ended);
        }
    }

    /// <summary>Breaks off, for a peer that answers nothing.</summary>
    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private void Take(JsonObject frame)
    {
        switch (frame.Text("type"))
        {
            case "hello":
                _greeted.TrySetResult();
                LogGreeted();
                break;
            case "disconnect":
                _ending.TrySetResult(frame.Text("reason") == "link_disabled" ? SocketEnd.SwitchedOff : SocketEnd.Asked);
                break;
            default:
                if (!_takesNoMore && frame.Text("envelope_id") is { } envelope)
                {
                    _underway.Add(WorkAsync(envelope, frame));
                }

                break;
        }
    }

    /// <summary>Never fails: a payload that is not acknowledged comes again, or its person presses again.</summary>
    private async Task WorkAsync(string envelope, JsonObject frame)
    {
        var since = Stopwatch.GetTimestamp();
        var taking = TakeAsync(frame);
        await ((Task)taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (taking.Exception is { } failed)
        {
            LogFailed(failed.InnerException ?? failed);
            return;
        }

        var answer = await taking;
        if (answer.IsTaken)
        {
            var acknowledgement = new JsonObject { ["envelope_id"] = envelope };
            if (answer.Body is { } body && frame.IsOn("accepts_response_payload"))
            {
                acknowledgement["payload"] = body.DeepClone();
            }

            await SendAsync(acknowledgement);
            measures.Acknowledged(SlackPlatform.PlatformName, frame.Object("payload") is { } payload ? SlackDelivery.Kind(payload) : "other", since);
        }

        // Also where the acknowledgement was lost with the connection: what was decided is shown.
        if (answer.Then is { } then)
        {
            follow.Begin(then);
        }
    }

    private async Task<SlackAnswer> TakeAsync(JsonObject frame) => frame.Object("payload") is { } payload ? await take.TakeAsync(payload) : new SlackAnswer();

    private async Task SendAsync(JsonObject frame)
    {
        await _sending.WaitAsync();
        try
        {
            using var patience = new CancellationTokenSource(Farewell, clock);
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            LogEnded(lost);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Null at the end of the connection.</summary>
    private async Task<JsonObject?> FrameAsync()
    {
        var text = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(part.AsMemory(), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close || text.Length + read.Count > LongestFrame)
            {
                return null;
            }

            text.Write(part, 0, read.Count);
            if (read.EndOfMessage)
            {
                // A frame that is no object says nothing we know.
                return SlackJson.Parse(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)) ?? [];
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A socket to Slack is open")]
    private partial void LogGreeted();

    [LoggerMessage(Level = LogLevel.Information, Message = "A socket to Slack broke off")]
    private partial void LogEnded(Exception ended);

    [LoggerMessage(Level = LogLevel.Error, Message = "A payload that came by a socket was not handled")]
    private partial void LogFailed(Exception failed);
}

/// <summary>Why a socket comes to its end.</summary>
internal enum SocketEnd
{
    /// <summary>Slack asks for a new one, and gives this one some seconds more.</summary>
    Asked,
    Lost,

    /// <summary>Socket Mode is off for this app.</summary>
    SwitchedOff,
}
