using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Host.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP, remembers it, and complains of what it cannot read.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly TaskCompletionSource _ends = new();

    private OtlpReceiver(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    /// <summary>The newest of each, by name.</summary>
    public ConcurrentDictionary<string, Measured> Measures { get; } = [];

    public ConcurrentQueue<Spanned> Spans { get; } = [];

    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Of whoever sends, and the headers that it was let in by.</summary>
    public ConcurrentDictionary<string, string> Sender { get; } = [];

    public int Requests;

    /// <param name="silent">Takes what comes and never answers.</param>
    public static async Task<OtlpReceiver> StartAsync(bool silent = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._web.MapFallback(silent ? receiver.HangAsync : receiver.TakeAsync);
        await receiver._web.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        _ends.TrySetResult();
        await _web.DisposeAsync();
    }

    private Task HangAsync(HttpContext call)
    {
        Interlocked.Increment(ref Requests);
        return _ends.Task;
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        Interlocked.Increment(ref Requests);
        if (request.Method != "POST" || request.ContentType != "application/x-protobuf")
        {
            Complaints.Enqueue($"{request.Method} {request.Path} of {request.ContentType}");
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        await (request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body).CopyToAsync(body);
        try
        {
            Take(request.Path, body.ToArray());
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or Google.Protobuf.InvalidProtocolBufferException or Xunit.Sdk.XunitException)
        {
            Complaints.Enqueue(unreadable.Message);
            return Results.BadRequest();
        }

        Sender["key"] = request.Headers["x-key"].ToString();
        return Results.Bytes([], "application/x-protobuf");
    }

    private void Take(PathString path, byte[] body)
    {
        var resource = new Dictionary<string, string>();
        switch (path.Value)
        {
            case "/v1/metrics":
                foreach (var measured in OtlpMessages.Measures(body, resource))
                {
                    Measures[measured.Name] = measured;
                }

                break;
            case "/v1/traces":
                foreach (var span in OtlpMessages.Spans(body, resource))
                {
                    Spans.Enqueue(span);
                }

                break;
            default:
                throw new InvalidDataException($"Nothing is taken at {path}.");
        }

        foreach (var (key, value) in resource)
        {
            Sender[key] = value;
        }
    }
}
