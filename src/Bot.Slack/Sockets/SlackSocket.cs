using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Slack.Inbound;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Sockets;

/// <summary>One connection of Socket Mode: reads envelopes, acknowledges each, and does what follows.</summary>
internal sealed partial class SlackSocket(ClientWebSocket socket, TakeSlack take, ILogger log) : IAsyncDisposable
{
    private const int LongestFrame = 1024 * 1024;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<Task, byte> _working = new();
    private readonly TaskCompletionSource<SocketEnd> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when another connection is needed; this one may go on for some seconds.</summary>
    public Task<SocketEnd> Ending => _ending.Task;

    public bool WasGreeted { get; private set; }

    /// <summary>Until the connection closes, and then until everything it brought is done.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            while (socket.State == WebSocketState.Open && await FrameAsync(ct) is { } frame)
            {
                Take(frame);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            LogEnded(ended);
        }

        _ending.TrySetResult(SocketEnd.Lost);
        await Task.WhenAll(_working.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(JsonObject frame)
    {
        switch (frame.Text("type"))
        {
            case "hello":
                WasGreeted = true;
                LogGreeted();
                break;
            case "disconnect":
                _ending.TrySetResult(frame.Text("reason") == "link_disabled" ? SocketEnd.SwitchedOff : SocketEnd.Asked);
                break;
            default:
                if (frame.Text("envelope_id") is { } envelope)
                {
                    Watch(WorkAsync(envelope, frame));
                }

                break;
        }
    }

    private void Watch(Task work)
    {
        _working[WatchAsync(work)] = 0;
        foreach (var done in _working.Keys.Where(task => task.IsCompleted))
        {
            _working.TryRemove(done, out _);
        }
    }

    private async Task WatchAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } failed)
        {
            // Not acknowledged: Slack sends events again, and people press again.
            LogFailed(failed.InnerException ?? failed);
        }
    }

    private async Task WorkAsync(string envelope, JsonObject frame)
    {
        var answer = frame.Object("payload") is { } payload ? await take.TakeAsync(payload, CancellationToken.None) : new SlackAnswer();
        if (answer.IsTaken)
        {
            var acknowledgement = new JsonObject { ["envelope_id"] = envelope };
            if (answer.Body is { } body && frame.IsOn("accepts_response_payload"))
            {
                acknowledgement["payload"] = body.DeepClone();
            }

            await SendAsync(acknowledgement);
        }

        if (answer.Then is { } then)
        {
            await then(CancellationToken.None);
        }
    }

    private async Task SendAsync(JsonObject frame)
    {
        await _sending.WaitAsync(CancellationToken.None);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Null at the end of the connection.</summary>
    private async Task<JsonObject?> FrameAsync(CancellationToken ct)
    {
        var text = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(part.AsMemory(), ct);
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
