"""The encoders there are. Order is preference: what the app falls back to is the first one that is available."""

from prodsim.encoders.spec import Bundled, EncoderSpec, Weights
from prodsim.errors import UnknownEncoder

_KERAS = "https://storage.googleapis.com/tensorflow/keras-applications"

REGISTRY: dict[str, EncoderSpec] = {
    spec.name: spec
    for spec in (
        EncoderSpec(
            name="vgg16",
            title="VGG16",
            summary="the published method: 100x100 pixels, global max pooling",
            family="keras",
            architecture="VGG16",
            dim=512,
            input_size=(100, 100),
            resample="nearest",
            preprocessing="caffe",
            pooling="max",
            weights=Weights(
                file="vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
                url=f"{_KERAS}/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
                digest="md5:6d6bbae143d832006294945121d1f1fc",
                size=58_889_256,
                licence="CC BY 4.0 (Visual Geometry Group, Oxford)",
            ),
        ),
        EncoderSpec(
            name="mini",
            title="Mini",
            summary="trained for clothes, comes with the app",
            family="mini",
            dim=192,
            input_size=(60, 80),
            resample="bilinear",
            fitting="pad",
            loose=97.5,
            preprocessing="tf",
            pooling="avg",
            bundled=Bundled(
                file="mini.npz",
                sha256="058a05ac5a7dfded48b67c7d5ce5ea084202e36badcf7aafedfeee2a6d211470",
                size=2_372_034,
                licence="our own, trained on MIT and CC0 data",
            ),
        ),
        EncoderSpec(
            name="mobilenet_025",
            title="MobileNet 0.25",
            summary="a small, fast ImageNet network",
            family="keras",
            architecture="MobileNet",
            arguments=(("alpha", 0.25),),
            dim=256,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="tf",
            pooling="avg",
            weights=Weights(
                file="mobilenet_2_5_224_tf_no_top.h5",
                url=f"{_KERAS}/mobilenet/mobilenet_2_5_224_tf_no_top.h5",
                digest="sha256:dbdb03ee2a22fd895301636cd328b234bb3a9952358f436d82f46b81e0d5b0bf",
                size=2_108_140,
                licence="Apache 2.0",
            ),
        ),
        EncoderSpec(
            name="pixels",
            title="Pixels",
            summary="colors place by place, no network: the baseline",
            family="pixels",
            dim=900,
            input_size=(15, 20),
            resample="box",
            preprocessing="cielab",
            pooling="none",
        ),
    )
}


def encoder_spec(name: str) -> EncoderSpec:
    """The encoder of this name. UnknownEncoder lists those there are."""
    if name not in REGISTRY:
        raise UnknownEncoder(f"There is no encoder {name!r}. Choose one of: {', '.join(REGISTRY)}.")
    return REGISTRY[name]
